// What a page does about an answer of the proxy. For a reason that is not here,
// the status decides.
//
//   renew      have the vendor's script fetch a new token, and try once more
//   reload     load the page again: only a document request can settle it
//   signIn     no user is signed in
//   stepUp     the user has to prove again who they are
//   forbidden  the user may not do this
//   wait       try again later
//   report     a mistake in the page or in a configuration: another try does not help

const byStatus = { 401: 'renew', 403: 'forbidden', 503: 'wait' }

const byReason = {
  'session-token-but-no-client-uat': 'reload',
  'dev-browser-sync': 'reload',
  'dev-browser-missing': 'reload',
  'satellite-needs-syncing': 'reload',

  'session-token-and-uat-missing': 'signIn',
  'session-token-missing': 'signIn',
  'session-pending': 'signIn',

  'step-up-required': 'stepUp',

  'token-too-long': 'report',
  'token-invalid': 'report',
  'token-type-mismatch': 'report',
  'token-opaque': 'report',
  'token-invalid-algorithm': 'report',
  'token-verification-failed': 'report',
  'token-invalid-signature': 'report',
  'token-invalid-issuer': 'report',
  'token-invalid-authorized-parties': 'report',
  'token-audience-mismatch': 'report',
  'token-bound': 'report',
  'token-not-accepted': 'report',
  'origin-not-allowed': 'report',
}

// actionFor returns one of the words above. The reason is null if the answer has
// none, as in the backend's own answers.
export function actionFor(status, reason) {
  return byReason[reason] ?? byStatus[status] ?? 'report'
}
