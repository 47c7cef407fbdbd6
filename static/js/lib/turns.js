// Reading a part of a page anew: never two readings at once, for the answer to the older question could come last and
// undo the newer.

/** `task` in turns: who calls while it runs gets one more run afterwards, for what was read may be older than the
 * call. Resolves when nothing is left to do. */
export function inTurns(task) {
  let running = null;
  let isAskedAgain = false;
  return () => {
    isAskedAgain = true;
    running ??= (async () => {
      try {
        while (isAskedAgain) {
          isAskedAgain = false;
          await task();
        }
      } finally {
        running = null;
      }
    })();
    return running;
  };
}
