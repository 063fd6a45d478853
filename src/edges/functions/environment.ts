/** What programs need to start and to speak the user's language. Everything else stays here: keys, tokens, inputs, the runner's files. */
const passedOn =
  /^(PATH|HOME|USER|LOGNAME|SHELL|LANG|LANGUAGE|LC_[A-Z]+|TZ|TMPDIR|TMP|TEMP|VIRTUAL_ENV|PYTHONPATH|PYTHONHOME|NODE_PATH|JAVA_HOME|LD_LIBRARY_PATH|DYLD_LIBRARY_PATH|PKG_CONFIG_PATH|SystemRoot|SystemDrive|windir|ComSpec|PATHEXT|APPDATA|LOCALAPPDATA|USERPROFILE|ProgramData|ProgramFiles)$/i;

/** The part of an environment that a program of the user's own is started with. */
export function scrubbed(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const kept = Object.entries(env).flatMap(([name, value]) => (passedOn.test(name) && value !== undefined ? [[name, value] as const] : []));
  // Answers are any text: a program that reads them in an old code page would score garbage.
  return { ...Object.fromEntries(kept), PYTHONIOENCODING: 'utf-8', PYTHONUNBUFFERED: '1' };
}
