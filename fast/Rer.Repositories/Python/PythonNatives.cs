namespace Rer.Repositories.Python;

/// <summary>Modules and functions of rez and Python that definitions use without defining them.</summary>
internal static class PythonNatives
{
    /// <summary>Modules that every Python and rez have. Importing them cannot fail.</summary>
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

    /// <summary>
    /// Modules that give access to arbitrary code. The interpreter does not see code that is called through them.
    /// </summary>
    private static readonly HashSet<string> s_openModules =
    [
        .. "builtins code codeop ctypes gc importlib inspect operator pickle pydoc runpy types".Split(' '),
    ];

    /// <summary>Members of modules that are followed, and rez's own objects.</summary>
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

    /// <summary>Whether unseen code may be called through a module.</summary>
    public static bool IsOpen(string module) =>
        s_openModules.Contains(module.Split('.', 2)[0]) || module.StartsWith("importlib", StringComparison.Ordinal);

    /// <summary>A module, if it is followed.</summary>
    public static PythonNative? Module(string module) =>
        module is "ast" or "os" or "os.path" or "platform" or "sys" or "rez"
        || (module.StartsWith("rez.", StringComparison.Ordinal) && s_members.Contains(module))
            ? new PythonNative(module)
            : null;

    /// <summary>Whether rez provides a name to a file.</summary>
    public static bool IsRez(string name) =>
        name is "early" or "late" or "include" or "ModifyList" or "InvalidPackageError";

    /// <summary>A member of a module or of one of rez's objects; null if it is not followed.</summary>
    public static PythonValue? Member(string path, string name)
    {
        string member = $"{path}.{name}";
        if (path == "rez.utils.lint_helper")
        {
            // Anything imported from it is None.
            return name == "used" || name.StartsWith('_') ? null : PythonNone.Instance;
        }
        if (path == "rez.utils.sourcecode" && name is "early" or "late" or "include")
        {
            return new PythonNative(name);
        }
        return s_members.Contains(member) ? new PythonNative(member) : null;
    }

    /// <summary>
    /// Whether rez leaves a value out of a package's fields. It leaves out modules, and functions written in Python.
    /// </summary>
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
