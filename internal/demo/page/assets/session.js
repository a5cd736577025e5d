// A stand-in for a vendor's script: it asks the Frontend API for session
// tokens, and stores them in the cookies that the vendor's script writes.

export class Session {
  #vendor
  #id = null

  constructor(vendor) { this.#vendor = vendor }

  // load asks whether this browser is signed in. The cookies of one that is
  // not go; one that is and has none gets them.
  async load() {
    const { response } = await this.#ask('GET', '/v1/client')
    this.#id = response?.last_active_session_id ?? null
    if (!this.#id) this.#write('')
    else if (!this.token()) await this.getToken({ fresh: true })
    return this.signedIn
  }

  get signedIn() { return this.#id !== null }

  // token is what the cookie holds.
  token() {
    for (const name of this.#vendor.cookies.toReversed()) {
      const found = document.cookie.split('; ').find(c => c.startsWith(name + '='))
      if (found) return found.slice(name.length + 1)
    }
    return ''
  }

  // claims are those of the token in the cookie, unverified; null without one.
  claims() {
    try {
      return JSON.parse(atob(this.token().split('.')[1].replaceAll('-', '+').replaceAll('_', '/')))
    } catch {
      return null
    }
  }

  // getToken is a token that is good for a while yet, or null.
  async getToken({ fresh = false } = {}) {
    const left = (this.claims()?.exp ?? 0) - Date.now() / 1000
    if (!fresh && left > 1) return this.token()
    if (!this.#id) return null
    const { jwt } = await this.#ask('POST', `/v1/client/sessions/${this.#id}/tokens`)
    this.#write(jwt ?? '')
    return jwt ?? null
  }

  async signOut() {
    await this.#ask('POST', '/v1/client/sessions?_method=DELETE')
    this.#id = null
    this.#write('')
  }

  // tamper changes the signature of the token in the cookie.
  tamper() {
    const token = this.token()
    if (token) this.#write(token.slice(0, -6) + (token.endsWith('AAAAAA') ? 'BBBBBB' : 'AAAAAA'))
    return token !== ''
  }

  #write(token) {
    for (const name of this.#vendor.cookies) {
      document.cookie = `${name}=${token}; Path=/; SameSite=Lax${token ? '' : '; Max-Age=0'}`
    }
  }

  async #ask(method, path) {
    const answer = await fetch(this.#vendor.frontendApi + path, { method, credentials: 'include' })
    return answer.json()
  }
}
