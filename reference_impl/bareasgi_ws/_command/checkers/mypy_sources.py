"""A script: print what mypy makes of its arguments, as JSON: path, module, base folder, whether errors are ignored.

It is run by path, in a process of its own. mypy's command line tells neither: which module a file becomes depends on
the user's configuration, and `ignore_errors` leaves no trace in the output of mypy 2.4.1.
"""

import json
import sys


def main() -> None:
    """Print the sources."""
    from mypy.main import process_options

    sources, options = process_options(sys.argv[1:])
    ignored = [options.clone_for_module(one.module).ignore_errors for one in sources]
    print(
        json.dumps([(one.path, one.module, one.base_dir, quiet) for one, quiet in zip(sources, ignored, strict=True)])
    )


if __name__ == "__main__":
    main()
