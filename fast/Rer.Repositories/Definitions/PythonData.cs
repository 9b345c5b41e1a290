using Rer.Repositories.Python;

namespace Rer.Repositories.Definitions;

/// <summary>The data of a <c>package.py</c>. Corresponds to <c>rez.serialise.load_py</c>.</summary>
internal sealed class PythonData(PythonSource source, PythonInterpreter module) : IDefinitionData
{
    public string Path => source.Path;

    /// <exception cref="PackageDataException">The file is not Python, or may fail to load.</exception>
    public static PythonData Parse(string path, ReadOnlySpan<byte> content, HostFacts? host = null)
    {
        PythonSource source = PythonSource.Decode(path, content);
        PythonInterpreter module = PythonInterpreter.Run(source, host: host);
        return module.MayFail is { } mayFail
            ? throw DefinitionError.NeedsPython(path, mayFail.Line, mayFail.Reason)
            : new PythonData(source, module);
    }

    public DefinitionField? Find(string name) => module.Find(name);

    public IReadOnlyCollection<string> DependsOn => module.DependsOn;

    public bool IsFollowed => module.IsFollowed;
}
