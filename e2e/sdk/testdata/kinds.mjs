// Asks the SDK who calls with a token: cases as JSON on stdin, answers as JSON on stdout.
import { readFileSync } from "node:fs";
import { createClerkClient } from "@clerk/backend";

const version = (name) => JSON.parse(readFileSync(new URL(`./node_modules/${name}/package.json`, import.meta.url))).version;

const input = JSON.parse(readFileSync(0));
const client = createClerkClient({
  secretKey: input.secretKey,
  publishableKey: input.publishableKey,
  jwtKey: input.jwtKey,
  telemetry: { disabled: true },
});

// Who calls, as kind, user, application, machine and scopes; "-" for nobody.
async function caller(token, route, audience) {
  const headers = route.cookie ? { cookie: `__session=${token}; __client_uat=1` } : { authorization: `Bearer ${token}` };
  const request = new Request("https://app.example.com/", { headers });
  try {
    const state = await client.authenticateRequest(request, { jwtKey: input.jwtKey, acceptsToken: route.accepts, audience });
    const auth = state.isAuthenticated && state.toAuth();
    if (!auth?.isAuthenticated) { // such as pending
      return "-";
    }
    return [auth.tokenType, auth.userId, auth.clientId, auth.machineId, auth.scopes].map((v) => v ?? "").join(" ").trimEnd();
  } catch (error) {
    return `error: ${error.message}`;
  }
}

const callers = {};
for (const one of input.cases) {
  callers[one.name] = [];
  for (const route of input.routes) {
    callers[one.name].push(await caller(one.token, route, one.audience));
  }
}
console.log(JSON.stringify({ versions: { "@clerk/backend": version("@clerk/backend"), "@clerk/shared": version("@clerk/shared") }, callers }));
