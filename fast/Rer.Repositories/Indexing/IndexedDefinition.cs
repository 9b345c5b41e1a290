using Rer.Repositories.Layout;

namespace Rer.Repositories.Indexing;

/// <summary>A definition and what it is valid for.</summary>
/// <param name="Identity">What it is valid for.</param>
/// <param name="Definition">The definition; its build requirements may be a <c>DeferredList</c>.</param>
/// <param name="IsEvaluated">Whether Python has computed it.</param>
internal sealed record IndexedDefinition(
    DefinitionIdentity Identity,
    PackageDefinition Definition,
    bool IsEvaluated = false
);
