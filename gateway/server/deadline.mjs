// Work with a time limit; the timer is gone as soon as the work is done.

/** Runs `work(signal)`; the signal aborts after `ms`, or when `outer` does. */
export async function withDeadline(ms, work, outer) {
  const controller = new AbortController();
  const abort = () => controller.abort(new DOMException('time is up', 'TimeoutError'));
  const timer = setTimeout(abort, ms);
  outer?.addEventListener('abort', abort);
  try {
    return await work(controller.signal);
  } finally {
    clearTimeout(timer);
    outer?.removeEventListener('abort', abort);
  }
}
