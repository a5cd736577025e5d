// Fetches as a page does that uses Clerk's useReverification, and prints what
// happened: the levels that the user was asked for, and what the page got.
import { readFileSync } from "node:fs";
import { createElement as element } from "react";
import { act, create } from "react-test-renderer";
import { ClerkInstanceContext, useReverification } from "@clerk/shared/react";

globalThis.IS_REACT_ACT_ENVIRONMENT = true;
const input = JSON.parse(readFileSync(0));

async function visit({ url, before, after, cancels }) {
  const asked = [];
  let token = before;
  const clerk = {
    loaded: true,
    // In place of the dialog: the user confirms the factor, or closes it.
    __internal_openReverification({ level, afterVerification, afterVerificationCancelled }) {
      asked.push(level);
      token = after;
      (cancels ? afterVerificationCancelled : afterVerification)();
    },
  };
  let pay;
  function Page() {
    pay = useReverification(() => fetch(url, { method: "POST", headers: { authorization: `Bearer ${token}` } }));
    return null;
  }
  await act(() => create(element(ClerkInstanceContext.Provider, { value: { value: clerk } }, element(Page))));
  const got = await pay().catch((e) => ({ thrown: e.code }));
  return { asked, got };
}

const all = {};
for (const page of input.pages) {
  all[page.name] = await visit(page);
}
console.log(JSON.stringify(all));
