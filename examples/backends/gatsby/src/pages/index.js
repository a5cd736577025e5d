import * as React from 'react'

// Pages are built once, for everybody: who is calling is asked of a function.
export default function Page() {
  const [greeting, setGreeting] = React.useState('Hello')
  React.useEffect(() => {
    fetch('/api/whoami')
      .then((answer) => answer.json())
      .then((caller) => setGreeting(caller.signedIn ? `Hello, ${caller.name ?? caller.userId}` : 'Hello, stranger'))
  }, [])
  return <p>{greeting}</p>
}
