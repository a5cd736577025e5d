// Asks the SDK: cases as JSON on stdin, answers as JSON on stdout.
import { readFileSync } from "node:fs";
import { createClerkClient } from "@clerk/backend";
import { reverificationErrorResponse } from "@clerk/backend/internal";
import { isReverificationHint } from "@clerk/shared/authorization-errors";

const version = (name) => JSON.parse(readFileSync(new URL(`./node_modules/${name}/package.json`, import.meta.url))).version;

const input = JSON.parse(readFileSync(0));
const client = createClerkClient({
  secretKey: input.secretKey,
  publishableKey: input.publishableKey,
  jwtKey: input.jwtKey,
  telemetry: { disabled: true },
});

// What has() says, or "error" where the SDK throws.
async function answers(one) {
  let auth;
  try {
    const request = new Request("https://app.example.com/", { headers: { authorization: `Bearer ${one.token}` } });
    const state = await client.authenticateRequest(request, { jwtKey: input.jwtKey });
    if (!state.isAuthenticated) {
      return one.ask.map(() => `signed-out:${state.reason}`);
    }
    auth = state.toAuth();
  } catch {
    return one.ask.map(() => "error");
  }
  return one.ask.map((question) => String(auth.has(question)));
}

const has = {};
for (const one of input.cases) {
  has[one.name] = (await answers(one)).join(" ");
}
const bodies = {};
for (const asked of input.bodies) {
  const response = reverificationErrorResponse(asked);
  const text = await response.text();
  if (!isReverificationHint(JSON.parse(text))) {
    throw new Error(`the page's code does not know ${text}`);
  }
  bodies[JSON.stringify(asked)] = `${response.status} ${text}`;
}
console.log(JSON.stringify({ versions: { "@clerk/backend": version("@clerk/backend"), "@clerk/shared": version("@clerk/shared") }, has, bodies }));
