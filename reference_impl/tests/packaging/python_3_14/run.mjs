// Run pytest on CPython 3.14, which Pyodide brings to Node as WebAssembly.
// node run.mjs PYODIDE PROJECT PATH... -- ARGUMENT...: the first of the paths is looked into first.
import { pathToFileURL } from "node:url";

const [pyodide, project, ...rest] = process.argv.slice(2);
const paths = rest.slice(0, rest.indexOf("--"));
const { loadPyodide } = await import(pathToFileURL(`${pyodide}/pyodide.mjs`));
const python = await loadPyodide({ env: { HOME: "/tmp", PYTEST_DISABLE_PLUGIN_AUTOLOAD: "1" } });

function mount(folder, at) {
  python.FS.mkdirTree(at);
  python.FS.mount(python.FS.filesystems.NODEFS, { root: folder }, at);
  return at;
}

const seen = [mount(import.meta.dirname, "/here"), ...paths.map((path, number) => mount(path, `/path${number}`))];
python.globals.set("folder", mount(project, "/project"));
python.globals.set("path", python.toPy(seen));
python.globals.set("arguments", python.toPy(rest.slice(paths.length + 1)));
process.exitCode = python.runPython(`
import os, sys
sys.dont_write_bytecode = True
sys.path[:0] = path
os.chdir(folder)
import without_sockets
without_sockets.run(arguments)
`);
