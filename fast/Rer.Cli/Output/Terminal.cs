using System.Text;
using Spectre.Console;

namespace Rer.Cli;

/// <summary>
/// Where a command writes. Answers go to <see cref="Output"/> and everything else (errors, notes, progress) to
/// <see cref="Error"/>, so that answers can be piped. Text is made visible by <see cref="VisibleText"/> here, and
/// nowhere else.
/// </summary>
internal sealed class Terminal
{
    /// <summary>Lines are rez's texts, to be copied and compared. They are never wrapped, whatever the width.</summary>
    private const int Unwrapped = 1 << 20;

    // Spectre examines what a terminal can do, which takes milliseconds. An answer in a pipe does not need that.
    private readonly Lazy<IAnsiConsole> _output;
    private readonly Lazy<IAnsiConsole> _error;
    private readonly bool _plainOutput;
    private readonly bool _plainError;

    /// <summary>
    /// Trees are wrapped at this width, because a terminal's own wrapping would tear them apart. The width is known
    /// once there is an output console.
    /// </summary>
    private int _treeWidth;

    /// <summary>Creates a terminal over two writers, without colour, width or progress, as in a pipe.</summary>
    /// <param name="output">Receives the answers.</param>
    /// <param name="error">Receives everything else.</param>
    /// <param name="width">The number of characters at which trees are wrapped.</param>
    public Terminal(TextWriter output, TextWriter error, int width = Unwrapped)
        : this(output, error, AnsiSupport.No, AnsiSupport.No, showsProgress: false, width) { }

    private Terminal(
        TextWriter output,
        TextWriter error,
        AnsiSupport outputAnsi,
        AnsiSupport errorAnsi,
        bool showsProgress,
        int? width
    )
    {
        Output = output;
        Error = error;
        ShowsProgress = showsProgress;
        (_plainOutput, _plainError) = (outputAnsi == AnsiSupport.No, errorAnsi == AnsiSupport.No);
        _output = new(() =>
        {
            IAnsiConsole console = CreateConsole(output, outputAnsi);
            _treeWidth = width ?? console.Profile.Width;
            console.Profile.Width = Unwrapped;
            return console;
        });
        _error = new(() => CreateConsole(error, errorAnsi));
    }

    /// <summary>
    /// Receives answers that are documents (JSON, DOT, pages), unchanged. Each format escapes invisible characters in
    /// its own way.
    /// </summary>
    public TextWriter Output { get; }

    /// <summary>Receives documents that are not answers, unchanged.</summary>
    public TextWriter Error { get; }

    /// <summary>Receives lines from elsewhere that are not answers, such as rez's log.</summary>
    public TextWriter Log => new VisibleTextWriter(Error);

    /// <summary>Receives progress, in Rer's own words.</summary>
    public IAnsiConsole ErrorConsole => _error.Value;

    /// <summary>Whether a person is watching the error stream.</summary>
    public bool ShowsProgress { get; }

    /// <summary>The terminal of this process. Colours depend on it, and <c>NO_COLOR</c> turns them off.</summary>
    public static Terminal OfProcess()
    {
        if (OperatingSystem.IsWindows() && !(Console.IsOutputRedirected && Console.IsErrorRedirected))
        {
            Console.OutputEncoding = Encoding.UTF8;
        }
        return new(
            Console.IsOutputRedirected ? WriterTo(RedirectedStream.Of(1, Console.OpenStandardOutput)) : Console.Out,
            Console.IsErrorRedirected ? WriterTo(RedirectedStream.Of(2, Console.OpenStandardError)) : Console.Error,
            AnsiSupportOf(Console.IsOutputRedirected),
            AnsiSupportOf(Console.IsErrorRedirected),
            !Console.IsErrorRedirected,
            Console.IsOutputRedirected ? Unwrapped : null
        );
    }

    /// <summary>Writes a line of an answer, in colour on a terminal.</summary>
    public void WriteLine(string line, Style? style = null)
    {
        line = VisibleText.Of(line);
        if (_plainOutput)
        {
            Output.WriteLine(line);
        }
        else
        {
            WriteLine(_output.Value, line, style);
        }
    }

    /// <summary>
    /// Writes lines of an answer. A pipe gets all of them at once, because each write wakes up its reader.
    /// </summary>
    public void WriteLines(IEnumerable<(string Line, Style? Style)> lines) =>
        Write(lines, _plainOutput ? Output : null, WriteLine);

    /// <summary>Writes lines that are not an answer, as <see cref="WriteLines"/> does.</summary>
    public void WriteErrorLines(IEnumerable<(string Line, Style? Style)> lines) =>
        Write(lines, _plainError ? Error : null, WriteErrorLine);

    /// <summary>
    /// Writes something laid out by Spectre, such as a tree, to the answers, within the width of a terminal.
    /// </summary>
    public void Write(Spectre.Console.Rendering.IRenderable renderable)
    {
        IAnsiConsole console = _output.Value;
        console.Profile.Width = _treeWidth;
        console.Write(new VisibleRenderable(renderable));
        console.Profile.Width = Unwrapped;
    }

    /// <summary>Writes a line that is not an answer, in colour on a terminal.</summary>
    public void WriteErrorLine(string line, Style? style = null)
    {
        line = VisibleText.Of(line);
        if (_plainError)
        {
            Error.WriteLine(line);
            return;
        }
        int width = ErrorConsole.Profile.Width;
        ErrorConsole.Profile.Width = Unwrapped;
        WriteLine(ErrorConsole, line, style);
        ErrorConsole.Profile.Width = width;
    }

    private static void Write(
        IEnumerable<(string Line, Style? Style)> lines,
        TextWriter? plain,
        Action<string, Style?> writeLine
    )
    {
        StringBuilder text = new();
        foreach ((string line, Style? style) in lines)
        {
            if (plain is null)
            {
                writeLine(line, style);
            }
            else
            {
                text.Append(VisibleText.Of(line)).Append(plain.NewLine);
            }
        }
        plain?.Write(text.ToString());
    }

    private static void WriteLine(IAnsiConsole console, string line, Style? style)
    {
        console.Write(new Text(line, style));
        console.WriteLine();
    }

    /// <summary>
    /// Creates a writer to a pipe or a file that passes on each text at once. The console's own writer does so in parts
    /// of 256 bytes, each of which wakes up the reader at the other end. An answer has about forty of these.
    /// </summary>
    private static TextWriter WriterTo(Stream stream)
    {
        const int Length = 8 << 10;
        // The code page of Windows does not even contain all characters of its file names.
        Encoding encoding = OperatingSystem.IsWindows() ? Encoding.UTF8 : Console.OutputEncoding;
        Encoding unmarked =
            encoding is UTF8Encoding ? new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) : encoding;
        return TextWriter.Synchronized(new StreamWriter(stream, unmarked, Length) { AutoFlush = true });
    }

    private static AnsiSupport AnsiSupportOf(bool redirected) =>
        redirected || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
            ? AnsiSupport.No
            : AnsiSupport.Detect;

    private static IAnsiConsole CreateConsole(TextWriter writer, AnsiSupport ansi) =>
        AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = ansi,
                ColorSystem = ansi == AnsiSupport.No ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
                Interactive = ansi == AnsiSupport.No ? InteractionSupport.No : InteractionSupport.Detect,
                Out = new AnsiConsoleOutput(writer),
            }
        );
}
