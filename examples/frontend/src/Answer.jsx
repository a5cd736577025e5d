// advice is what the page offers to do about a refusal.
const advice = {
  reload: <button type="button" onClick={() => location.reload()}>Load the page again</button>,
  renew: 'Sign in to go on.',
  signIn: 'Sign in to go on.',
  stepUp: 'Confirm that it is you to go on.',
  forbidden: 'Ask somebody who may grant it.',
  wait: 'This passes. Try again in a moment.',
  report: 'Please tell us about this.',
}

// Answer shows what became of a request. Its state is loading, ok or refused.
export function Answer({ id, data, error, loading }) {
  const state = error ? 'refused' : loading || !data ? 'loading' : 'ok'
  return (
    <div id={id} data-state={state} data-status={error?.status ?? ''} data-reason={error?.reason ?? ''} data-user={data?.user ?? ''} aria-live="polite">
      {state === 'loading' && <p>Asking …</p>}
      {state === 'ok' && <p>The backend knows you as <b>{data.user}</b>.</p>}
      {state === 'refused' && <>
        <p role="alert">{error.message}</p>
        <p>{advice[error.action] ?? 'The network failed, or the answer is not for this page.'}</p>
      </>}
    </div>
  )
}
