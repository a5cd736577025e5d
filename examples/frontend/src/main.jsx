import { createRoot } from 'react-dom/client'

import { App } from './App.jsx'
import { SessionProvider } from './session.jsx'
import { openSession } from './vendors.js'

const root = createRoot(document.getElementById('root'))
try {
  const config = await (await fetch('/config.json')).json()
  const session = await openSession(config)
  root.render(<SessionProvider value={session}><App api={config.api} /></SessionProvider>)
} catch (error) {
  root.render(<p role="alert">The page cannot start: {error.message}</p>)
}
