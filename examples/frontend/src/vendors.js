// What the application knows of a vendor's script. A session has
//
//   user()       the user's id, null if no user is signed in
//   token()      a promise of the session token, null if no user is signed in
//   renew()      the same, but a new one; it is in the cookie by then
//   subscribe(f) f is called when that changes; gives a function that ends it
//   signOut()
//
// With a vendor's hooks, token is what useAuth().getToken (Clerk) or
// useCorbado().sessionToken gives.

export async function openSession(config) {
  const open = { clerk, oneauxilia: clerk, corbado }[config.vendor]
  if (!open) throw new Error(`config.json: there is no vendor "${config.vendor}"`)
  return open(config)
}

// Clerk's script, and OneAuxilia's, whose documents describe the same calls.
async function clerk({ script, publishableKey }) {
  if (!window.Clerk) await load(script, { 'data-clerk-publishable-key': publishableKey })
  const { Clerk } = window
  await Clerk.load()
  return {
    user: () => Clerk.session?.user?.id ?? null,
    token: async () => (await Clerk.session?.getToken()) ?? null,
    renew: async () => (await Clerk.session?.getToken({ skipCache: true })) ?? null,
    subscribe: changed => Clerk.addListener(changed),
    signOut: () => Clerk.signOut(),
  }
}

// Corbado's script renews the token by itself, some time before it expires, and
// cannot be asked to: renew waits for that.
async function corbado({ script, projectId }) {
  if (!window.Corbado) await load(script)
  const { Corbado } = window
  await Corbado.load({ projectId })
  return {
    user: () => Corbado.user?.sub ?? null,
    token: async () => Corbado.sessionToken ?? null,
    renew: () => another(Corbado.sessionTokenChanges, Corbado.sessionToken),
    subscribe(changed) {
      const subscription = Corbado.sessionTokenChanges.subscribe(changed)
      return () => subscription.unsubscribe()
    },
    signOut: () => Corbado.logout(),
  }
}

// another is the next token that is not the present one, within five seconds.
function another(changes, present) {
  return new Promise(resolve => {
    const done = token => { subscription.unsubscribe(); clearTimeout(timer); resolve(token) }
    const timer = setTimeout(() => done(null), 5000)
    const subscription = changes.subscribe(token => {
      // Called once for the present token, before there is a subscription.
      if (token && token !== present) queueMicrotask(() => done(token))
    })
  })
}

function load(src, attributes = {}) {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script')
    for (const [name, value] of Object.entries(attributes)) script.setAttribute(name, value)
    Object.assign(script, { src, async: true, crossOrigin: 'anonymous', onload: resolve })
    script.onerror = () => reject(new Error(`${src} does not load`))
    document.head.append(script)
  })
}
