import { createContext, useContext, useSyncExternalStore } from 'react'

const Session = createContext(null)

export const SessionProvider = Session

// useSession is the session, and the user's id: null if no user is signed in.
export function useSession() {
  const session = useContext(Session)
  const user = useSyncExternalStore(session.subscribe, session.user)
  return { session, user }
}
