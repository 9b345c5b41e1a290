using System.Diagnostics;

namespace Rer.Tests.Cli;

/// <summary>A headless Chromium.</summary>
internal sealed class Browser
{
    private static readonly string[] s_names = ["chromium", "chromium-browser", "google-chrome"];

    private static readonly string[] s_dark = ["--force-dark-mode", "--blink-settings=preferredColorScheme=0"];

    private readonly string _program;

    private Browser(string program) => _program = program;

    /// <summary>The browser of this machine; skips the test if there is none.</summary>
    public static Browser OrSkip()
    {
        string? program = (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .SelectMany(_ => s_names, Path.Combine)
            .FirstOrDefault(File.Exists);
        Assert.SkipWhen(program is null, "no Chromium on this machine");
        return new Browser(program);
    }

    /// <summary>
    /// The document of a page after its scripts have run, in a window of a size such as <c>1280,800</c>.
    /// </summary>
    public Task<string> DumpDomAsync(string address, string window = "1280,800", bool isDark = false) =>
        RunAsync([
            $"--window-size={window}",
            "--virtual-time-budget=500",
            .. isDark ? s_dark : [],
            "--dump-dom",
            address,
        ]);

    /// <summary>Prints a page to a PDF file.</summary>
    public Task<string> PrintAsync(string address, string pdf) => RunAsync($"--print-to-pdf={pdf}", address);

    private async Task<string> RunAsync(params string[] arguments)
    {
        using Process process = Process.Start(
            new ProcessStartInfo(_program, ["--headless", "--no-sandbox", "--disable-gpu", .. arguments])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        _ = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return output;
    }
}
