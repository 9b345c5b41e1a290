using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Rer.Insights.Configuring;

/// <summary>
/// This machine in rez's terms: the values of <c>{system.platform}</c> and similar variables in a configuration.
/// </summary>
/// <remarks>Corresponds to <c>rez.system</c> and <c>rez.utils.platform_</c>, without <c>platform_map</c>.</remarks>
internal static class HostPlatform
{
    /// <summary>The requirements that rez adds to every request by default.</summary>
    public static IReadOnlyList<string> ImplicitPackages => [$"~platform=={Platform}", $"~arch=={Arch}", $"~os=={Os}"];

    /// <summary><c>{system.os}</c>.</summary>
    /// <exception cref="BadInputException">The operating system cannot be determined.</exception>
    public static string Os => s_os.Value;

    private static readonly Lazy<string> s_os = new(() => MakeSafe(FindOs()));

    /// <summary><c>{system.platform}</c>.</summary>
    public static string Platform =>
        OperatingSystem.IsWindows() ? "windows"
        : OperatingSystem.IsMacOS() ? "osx"
        : "linux";

    /// <summary><c>{system.arch}</c>, as returned by Python's <c>platform.machine()</c>.</summary>
    public static string Arch =>
        (RuntimeInformation.OSArchitecture, OperatingSystem.IsWindows(), OperatingSystem.IsMacOS()) switch
        {
            (Architecture.X64, true, _) => "AMD64",
            (Architecture.Arm64, true, _) => "ARM64",
            (Architecture.Arm64, _, true) => "arm64",
            (Architecture.X64, _, _) => "x86_64",
            (Architecture.Arm64, _, _) => "aarch64",
            (Architecture.X86, _, _) => "i686",
            var (other, _, _) => other.ToString().ToLowerInvariant(),
        };

    private static string FindOs()
    {
        System.Version version = Environment.OSVersion.Version;
        if (OperatingSystem.IsWindows())
        {
            return $"windows-{version.ToString(3)}";
        }
        if (OperatingSystem.IsMacOS())
        {
            return $"osx-{version.ToString(2)}";
        }

        string? distributor = null;
        string? release = null;
        // The sources are in rez's order. Each one only provides values that earlier ones did not have.
        (Func<string> Read, string DistributorKey, string ReleaseKey)[] sources =
        [
            (() => ReadFile("/etc/lsb-release"), "DISTRIB_ID=", "DISTRIB_RELEASE="),
            (RunLsbRelease, "Distributor ID:", "Release:"),
            (() => ReadFile("/etc/os-release"), "ID=", "VERSION_ID="),
        ];
        foreach ((Func<string> read, string distributorKey, string releaseKey) in sources)
        {
            string text = read();
            distributor ??= ValueOf(text, distributorKey);
            release ??= ValueOf(text, releaseKey);
            if (distributor is not null && release is not null)
            {
                return $"{distributor}-{release}";
            }
        }
        throw new BadInputException(
            "cannot tell which operating system this is; use --no-implicit, or name the requirements with --implicit"
        );
    }

    private static string ReadFile(string path) => File.Exists(path) ? File.ReadAllText(path) : "";

    private static string RunLsbRelease()
    {
        try
        {
            using Process? process = Process.Start(
                // rez runs it by env, which finds it even if there is no PATH.
                new ProcessStartInfo("/usr/bin/env", "lsb_release -a")
                {
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                }
            );
            string text = process?.StandardOutput.ReadToEnd() ?? "";
            process?.WaitForExit();
            return process?.ExitCode == 0 ? text : "";
        }
        catch (Win32Exception)
        {
            return ""; // no env
        }
    }

    private static string? ValueOf(string text, string key) =>
        text.Split('\n')
            .Where(line => line.StartsWith(key, StringComparison.Ordinal))
            .Select(line => line[key.Length..].Trim().Trim('"', '\''))
            .LastOrDefault(value => value.Length > 0);

    /// <summary>Turns a name into a version. Corresponds to <c>System._make_safe_version_string</c>.</summary>
    private static string MakeSafe(string text) =>
        string.Concat(
            text.Trim('.').Trim('-').Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-' ? c : '_')
        );
}
