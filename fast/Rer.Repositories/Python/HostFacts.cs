using System.Runtime.InteropServices;

namespace Rer.Repositories.Python;

/// <summary>
/// The facts about the machine and the process's environment that package definitions may use, as a Python on this
/// machine would report them. A fact is null if only Python can tell.
/// </summary>
/// <remarks>
/// This is the only place that knows these facts. The interpreter records which of them a definition uses
/// (<see cref="PythonInterpreter.DependsOn"/>).
/// </remarks>
internal sealed class HostFacts
{
    /// <summary>This machine, and this process's environment.</summary>
    public static HostFacts Current { get; } = Of(SystemName(), RuntimeInformation.OSArchitecture);

    /// <summary><c>platform.system()</c>.</summary>
    public required string? System { get; init; }

    /// <summary><c>platform.machine()</c>.</summary>
    public required string? Machine { get; init; }

    /// <summary>The value of an environment variable; null if it is not set.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary><c>sys.platform</c>.</summary>
    public string? SysPlatform =>
        System switch
        {
            "Linux" => "linux",
            "Darwin" => "darwin",
            "Windows" => "win32",
            _ => null,
        };

    /// <summary>rez's <c>system.platform</c>.</summary>
    public string? RezPlatform =>
        System switch
        {
            "Linux" => "linux",
            "Darwin" => "osx",
            "Windows" => "windows",
            _ => null,
        };

    /// <summary><c>os.name</c>.</summary>
    public string? OsName =>
        System switch
        {
            "Linux" or "Darwin" => "posix",
            "Windows" => "nt",
            _ => null,
        };

    /// <summary>Whether paths follow POSIX.</summary>
    public bool? IsPosix => OsName is { } name ? name == "posix" : null;

    /// <summary>The facts of a machine with a given system and architecture.</summary>
    public static HostFacts Of(string? system, Architecture architecture) =>
        new()
        {
            System = system,
            // On macOS and Windows, an Arm machine can run a Python for either architecture, and each reports its own.
            Machine = (system, architecture) switch
            {
                ("Windows", Architecture.X64) => "AMD64",
                ("Linux" or "Darwin", Architecture.X64) => "x86_64",
                ("Linux", Architecture.Arm64) => "aarch64",
                _ => null,
            },
        };

    /// <summary>The value of a variable, if Python is certain to read the same one.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">The value; null if it is not set.</param>
    public bool TryReadVariable(string name, out string? value)
    {
        // Beyond ASCII, Python's decoding depends on the locale. On Windows, the case of variable names does not
        // matter.
        value = Ascii(name) ? Variable(name) : null;
        return Ascii(name) && (value is null || Ascii(value));
    }

    private static bool Ascii(string text) => !text.AsSpan().ContainsAnyExceptInRange('\u0001', '\u007f');

    private static string? SystemName() =>
        OperatingSystem.IsLinux() ? "Linux"
        : OperatingSystem.IsMacOS() ? "Darwin"
        : OperatingSystem.IsWindows() ? "Windows"
        : null;
}
