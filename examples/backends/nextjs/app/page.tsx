import { identity } from '../lib/identity'

// Reading headers makes the page dynamic: it is never cached for another user.
export default async function Page() {
  const caller = await identity()
  return <p>{caller.signedIn ? `Hello, ${caller.name ?? caller.userId}` : 'Hello, stranger'}</p>
}
