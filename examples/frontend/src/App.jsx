import { useState } from 'react'

import { FetchWay } from './FetchWay.jsx'
import { QueryProvider, QueryWay } from './QueryWay.jsx'
import { useSession } from './session.jsx'
import { SWRWay } from './SWRWay.jsx'

const tabs = { fetch: FetchWay, swr: SWRWay, 'react-query': QueryWay }

export function App({ api }) {
  const { session, user } = useSession()
  const [tab, setTab] = useState('fetch')
  const Way = tabs[tab]
  return (
    <QueryProvider>
      <header>
        <h1>One page, two origins</h1>
        <p id="user" data-user={user ?? ''}>{user ? `Signed in as ${user}.` : 'Nobody is signed in.'}</p>
        {user && <button type="button" id="sign-out" onClick={() => session.signOut()}>Sign out</button>}
      </header>
      <nav aria-label="Ways to ask">
        {Object.keys(tabs).map(name =>
          <button key={name} type="button" id={`tab-${name}`} aria-pressed={name === tab} onClick={() => setTab(name)}>{name}</button>)}
      </nav>
      {/* The key brings a new component with each tab and user: no state of the last one stays. */}
      <main key={`${tab} ${user}`}>
        <section aria-labelledby="same">
          <h2 id="same">The same origin, by cookie</h2>
          <Way id={`${tab}-same`} url="/api/me" />
        </section>
        <section aria-labelledby="other">
          <h2 id="other">Another origin, by token</h2>
          <Way id={`${tab}-other`} url={`${api}/api/me`} bearer />
        </section>
      </main>
      <footer><a href="/plain.html">The same without React</a></footer>
    </QueryProvider>
  )
}
