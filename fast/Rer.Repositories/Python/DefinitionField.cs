namespace Rer.Repositories.Python;

/// <summary>A field of a package definition: its value and the line that sets it.</summary>
internal readonly record struct DefinitionField(PythonValue Value, int Line);
