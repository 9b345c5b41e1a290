namespace Rer.Repositories.Python;

/// <summary>What is known of modules and of functions that a definition does not define itself: rez's and Python's own.
/// </summary>
internal static class PythonNatives
{
    /// <summary>Modules that every Python and rez have, so that importing them cannot fail.</summary>
    private static readonly HashSet<string> s_modules =
    [
        .. "abc argparse ast base64 bisect builtins calendar codecs collections collections.abc configparser".Split(
            ' '
        ),
        .. "contextlib copy csv datetime decimal difflib enum errno filecmp fnmatch fractions".Split(' '),
        .. "functools getpass glob gzip hashlib heapq hmac importlib importlib.util inspect io".Split(' '),
        .. "itertools json locale logging math multiprocessing numbers operator os os.path pathlib pickle".Split(' '),
        .. "platform pprint queue random re shlex shutil signal site socket stat string struct".Split(' '),
        .. "subprocess sys sysconfig tarfile tempfile textwrap threading time traceback types typing".Split(' '),
        .. "unittest urllib urllib.error urllib.parse urllib.request uuid warnings weakref xml".Split(' '),
        .. "xml.dom xml.etree xml.etree.ElementTree zipfile zlib __future__".Split(' '),
        .. "rez rez.config rez.exceptions rez.package_py_utils rez.packages rez.system rez.utils".Split(' '),
        .. "rez.utils.lint_helper rez.utils.platform_ rez.utils.sourcecode".Split(' '),
    ];

    /// <summary>Modules that lead to any code at all: what is called by way of them is not seen.</summary>
    private static readonly HashSet<string> s_openModules =
    [
        .. "builtins code codeop ctypes gc importlib inspect operator pickle pydoc runpy types".Split(' '),
    ];

    /// <summary>What modules hold that is followed, and rez's own objects.</summary>
    private static readonly HashSet<string> s_members =
    [
        "ast.literal_eval",
        "globals().get",
        "os.environ",
        "os.environ.get",
        "os.getenv",
        "os.path",
        "os.path.basename",
        "os.path.dirname",
        "os.path.join",
        "platform.machine",
        "platform.system",
        "rez.config",
        "rez.exceptions",
        "rez.exceptions.InvalidPackageError",
        "rez.package_py_utils",
        "rez.package_py_utils.InvalidPackageError",
        "rez.package_py_utils.expand_requirement",
        "rez.package_py_utils.expand_requires",
        "rez.packages",
        "rez.system",
        "rez.system.system",
        "rez.utils",
        "rez.utils.lint_helper",
        "rez.utils.platform_",
        "rez.utils.platform_.platform_",
        "rez.utils.sourcecode",
        "sys.exit",
        "os._exit",
    ];

    /// <summary>Whether importing a module cannot fail.</summary>
    public static bool HasModule(string module) => s_modules.Contains(module);

    /// <summary>Whether code that is not seen may be called by way of a module.</summary>
    public static bool IsOpen(string module) =>
        s_openModules.Contains(module.Split('.', 2)[0]) || module.StartsWith("importlib", StringComparison.Ordinal);

    /// <summary>A module, if it is one that is followed.</summary>
    public static PythonNative? Module(string module) =>
        module is "ast" or "os" or "os.path" or "platform" or "sys" or "rez"
        || (module.StartsWith("rez.", StringComparison.Ordinal) && s_members.Contains(module))
            ? new PythonNative(module)
            : null;

    /// <summary>What rez gives a file by name.</summary>
    public static bool IsRez(string name) =>
        name is "early" or "late" or "include" or "ModifyList" or "InvalidPackageError";

    /// <summary>What a member of a module or object of rez's is; null if that is not followed.</summary>
    public static PythonValue? Member(string path, string name)
    {
        string member = $"{path}.{name}";
        if (path == "rez.utils.lint_helper")
        {
            // Whatever is imported from it is None.
            return name == "used" || name.StartsWith('_') ? null : PythonNone.Instance;
        }
        if (path == "rez.utils.sourcecode" && name is "early" or "late" or "include")
        {
            return new PythonNative(name);
        }
        return s_members.Contains(member) ? new PythonNative(member) : null;
    }

    /// <summary>Whether rez leaves a value out of a package's fields: modules, and functions written in Python.</summary>
    public static bool IsTrimmed(PythonNative native) =>
        Module(native.Path) is not null
        || native.Path
            is "early"
                or "late"
                or "include"
                or "ast.literal_eval"
                or "os.getenv"
                or "os.path.basename"
                or "os.path.dirname"
                or "os.path.join"
                or "platform.machine"
                or "platform.system"
        || native.Path.StartsWith("rez.package_py_utils.expand", StringComparison.Ordinal);
}
