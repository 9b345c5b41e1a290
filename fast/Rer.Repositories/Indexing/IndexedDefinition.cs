using Rer.Repositories.Layout;

namespace Rer.Repositories.Indexing;

/// <summary>A definition and the file state for which it is valid.</summary>
/// <param name="Identity">The file state.</param>
/// <param name="Definition">The definition. Its build requirements may be a <c>DeferredList</c>.</param>
/// <param name="IsEvaluated">Whether Python has evaluated it.</param>
internal sealed record IndexedDefinition(
    DefinitionIdentity Identity,
    PackageDefinition Definition,
    bool IsEvaluated = false
);
