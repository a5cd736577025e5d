// A backend that believes the proxy's signed assertion, and nothing else.
import { createServer } from "node:http";
import { createRemoteJWKSet, jwtVerify } from "jose";

// The proxy's keys: fetched when they are needed, and anew for an unknown one.
const keys = createRemoteJWKSet(new URL(process.env.KEYS_URL));
const expected = {
  issuer: "https://gate.example.com",
  audience: "backend",
  algorithms: ["ES256"],
  typ: "sessiongate+jwt",
  requiredClaims: ["exp", "sub"],
};

createServer(async (request, response) => {
  if (request.method === "OPTIONS" && request.headers["access-control-request-method"]) {
    response.writeHead(204).end(); // a preflight has no session
    return;
  }
  try {
    const { payload } = await jwtVerify(request.headers["x-sessiongate-assertion"] ?? "", keys, expected);
    response.setHeader("content-type", "application/json").end(JSON.stringify({ user: payload.sub }));
  } catch {
    response.writeHead(401).end("no assertion");
  }
}).listen(Number(process.env.PORT ?? 8080), "127.0.0.1");
