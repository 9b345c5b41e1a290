using System.Text;

namespace Rer.Repositories.Disk;

/// <summary>
/// The arguments and the environment of this process as text. On Linux these are bytes. .NET replaces invalid UTF-8
/// with U+FFFD, so such a file name is lost. This class decodes the bytes as <see cref="ByteText"/> does.
/// </summary>
internal static class ProcessText
{
    private const char Replaced = '\uFFFD';

    /// <summary>The arguments of the process.</summary>
    /// <param name="arguments">The arguments as .NET gives them.</param>
    public static string[] Arguments(string[] arguments)
    {
        if (!arguments.Any(argument => argument.Contains(Replaced)))
        {
            return arguments;
        }
        byte[][] given = [.. Read("/proc/self/cmdline").TakeLast(arguments.Length)];
        return given.Length != arguments.Length
            ? arguments
            : [.. arguments.Select((argument, i) => Same(argument, given[i]) ? ByteText.Decode(given[i]) : argument)];
    }

    /// <summary>A variable of the environment; null if it is not set.</summary>
    public static string? Variable(string name)
    {
        if (Environment.GetEnvironmentVariable(name) is not { } value || !value.Contains(Replaced))
        {
            return Environment.GetEnvironmentVariable(name);
        }
        byte[] start = Encoding.UTF8.GetBytes($"{name}=");
        foreach (byte[] variable in Read("/proc/self/environ"))
        {
            if (variable.AsSpan().StartsWith(start) && Same(value, variable.AsSpan(start.Length)))
            {
                return ByteText.Decode(variable.AsSpan(start.Length));
            }
        }
        return value; // it was set within the process
    }

    private static bool Same(string text, ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes) == text;

    /// <summary>The parts of a kernel file, each with a terminating zero.</summary>
    private static List<byte[]> Read(string path)
    {
        List<byte[]> parts = [];
        if (!OperatingSystem.IsLinux() || !File.Exists(path))
        {
            return parts;
        }
        ReadOnlySpan<byte> rest = File.ReadAllBytes(path);
        while (rest.IndexOf((byte)0) is >= 0 and var length)
        {
            parts.Add(rest[..length].ToArray());
            rest = rest[(length + 1)..];
        }
        return parts;
    }
}
