using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Rer.Tests;

/// <summary>The sources of a project in <c>fast/</c>, as the compiler sees them.</summary>
/// <remarks>Code added by generators and other targets is left out. Errors caused by that do not matter.</remarks>
internal sealed class SourceProject
{
    private static readonly Dictionary<string, MetadataReference> s_assemblies = (
        (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!
    )
        .Split(Path.PathSeparator)
        .DistinctBy(path => Path.GetFileNameWithoutExtension(path))
        .ToDictionary(
            path => Path.GetFileNameWithoutExtension(path)!,
            path => (MetadataReference)MetadataReference.CreateFromFile(path)
        );

    private readonly string _root;
    private readonly CSharpCompilation _compilation;

    /// <summary>Reads a project.</summary>
    /// <param name="name">Its name, which is also the name of its folder.</param>
    /// <param name="usings">The implicit namespaces of its files, in addition to the SDK's.</param>
    public SourceProject(string name, params string[] usings)
    {
        _root = Path.Combine(DataSet.Root, "fast", name);
        string[] all =
        [
            "System",
            "System.Collections.Generic",
            "System.IO",
            "System.Linq",
            "System.Net.Http",
            "System.Threading",
            "System.Threading.Tasks",
            .. usings,
        ];
        _compilation = CSharpCompilation.Create(
            name,
            Directory
                .EnumerateFiles(_root, "*.cs", SearchOption.AllDirectories)
                .Where(path => !Path.GetRelativePath(_root, path).Split(Path.DirectorySeparatorChar).Contains("obj"))
                .Order(StringComparer.Ordinal)
                .Select(path => CSharpSyntaxTree.ParseText(File.ReadAllText(path), path: path))
                .Append(CSharpSyntaxTree.ParseText(string.Concat(all.Select(item => $"global using {item};\n")))),
            s_assemblies.Where(item => item.Key != name).Select(item => item.Value),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true)
        );
    }

    /// <summary>
    /// The folders that contain sources, relative to the project. A dot is the project itself.
    /// </summary>
    public IEnumerable<string> Folders => Trees.Select(FolderOf).Distinct();

    /// <summary>Which file uses which type of another folder.</summary>
    public IEnumerable<(string File, string Folder, string Type, string TypeFolder)> Uses()
    {
        Dictionary<string, HashSet<string>> foldersOf = FoldersByName();
        foreach (SyntaxTree tree in Trees)
        {
            SemanticModel model = _compilation.GetSemanticModel(tree);
            string folder = FolderOf(tree);
            IEnumerable<INamedTypeSymbol> types = tree.GetRoot()
                .DescendantNodes()
                .OfType<SimpleNameSyntax>()
                // Binding a name is expensive, so only names that may belong to another folder are bound.
                .Where(name =>
                    foldersOf.TryGetValue(name.Identifier.ValueText, out HashSet<string>? folders)
                    && folders.Any(other => other != folder)
                )
                .Select(name => TypeOf(model, name))
                .OfType<INamedTypeSymbol>()
                .Distinct<INamedTypeSymbol>(SymbolEqualityComparer.Default);
            foreach (INamedTypeSymbol type in types)
            {
                if (
                    type.DeclaringSyntaxReferences is [var declaration, ..]
                    && FolderOf(declaration.SyntaxTree) is var other
                    && other != folder
                )
                {
                    yield return (Path.GetRelativePath(_root, tree.FilePath), folder, type.Name, other);
                }
            }
        }
    }

    /// <summary>The number of lines of each type, over all its parts.</summary>
    public IEnumerable<(string Type, int Lines)> Lengths() =>
        Trees
            .SelectMany(tree =>
            {
                SemanticModel model = _compilation.GetSemanticModel(tree);
                return tree.GetRoot()
                    .DescendantNodes()
                    .OfType<BaseTypeDeclarationSyntax>()
                    .Select(declaration => model.GetDeclaredSymbol(declaration)!);
            })
            .Distinct<INamedTypeSymbol>(SymbolEqualityComparer.Default)
            .Select(type => (type.ToDisplayString(), type.DeclaringSyntaxReferences.Sum(LinesOf)));

    /// <summary>
    /// The fields that types other than their own could write, each with the types that do. Expressions that create a
    /// value (<c>new</c> and <c>with</c>) do not count, because they do not write to an existing one.
    /// </summary>
    public IEnumerable<(IFieldSymbol Field, IReadOnlyCollection<INamedTypeSymbol> Writers)> OpenFields()
    {
        HashSet<string> open =
        [
            .. Trees
                .SelectMany(tree => tree.GetRoot().DescendantNodes().OfType<FieldDeclarationSyntax>())
                .Where(field =>
                    !field.Modifiers.Any(SyntaxKind.PrivateKeyword)
                    && !field.Modifiers.Any(SyntaxKind.ReadOnlyKeyword)
                    && !field.Modifiers.Any(SyntaxKind.ConstKeyword)
                )
                .SelectMany(field => field.Declaration.Variables)
                .Select(variable => variable.Identifier.ValueText),
        ];
        return Trees
            .SelectMany(tree =>
            {
                SemanticModel model = _compilation.GetSemanticModel(tree);
                return tree.GetRoot()
                    .DescendantNodes()
                    .SelectMany(WrittenBy)
                    .Where(written => NameOf(written) is { } name && open.Contains(name))
                    .Select(written =>
                        (
                            Field: model.GetSymbolInfo(written).Symbol as IFieldSymbol,
                            Writer: model.GetEnclosingSymbol(written.SpanStart)?.ContainingType
                        )
                    );
            })
            .Where(write => write is { Field: not null, Writer: not null })
            .GroupBy(
                write => write.Field!.OriginalDefinition,
                write => write.Writer!.OriginalDefinition,
                (field, writers) =>
                    (
                        field,
                        (IReadOnlyCollection<INamedTypeSymbol>)
                            [.. writers.Distinct<INamedTypeSymbol>(SymbolEqualityComparer.Default)]
                    ),
                (IEqualityComparer<IFieldSymbol>)SymbolEqualityComparer.Default
            );
    }

    /// <summary>Which members of some types are used in which folder. Indexers are left out.</summary>
    /// <param name="types">The names of the types.</param>
    public IEnumerable<(string Type, string Member, string Folder)> MemberUses(params string[] types)
    {
        HashSet<string> members =
        [
            .. _compilation
                .GetSymbolsWithName(types.Contains, SymbolFilter.Type)
                .OfType<INamedTypeSymbol>()
                .SelectMany(type => type.GetMembers())
                .Select(member => member.Name),
        ];
        return Trees
            .SelectMany(tree =>
            {
                SemanticModel model = _compilation.GetSemanticModel(tree);
                return tree.GetRoot()
                    .DescendantNodes()
                    .OfType<SimpleNameSyntax>()
                    .Where(name => members.Contains(name.Identifier.ValueText))
                    .Select(name => model.GetSymbolInfo(name).Symbol)
                    .Where(symbol => symbol is IFieldSymbol or IPropertySymbol or IMethodSymbol)
                    .Where(symbol => types.Contains(symbol!.ContainingType.Name))
                    .Select(symbol => (symbol!.ContainingType.Name, symbol.Name, FolderOf(tree)));
            })
            .Distinct();
    }

    /// <summary>Where a plain number is declared under one of some names.</summary>
    /// <param name="names">The names, in lower case. An underscore in front does not matter.</param>
    public IEnumerable<string> NumbersNamed(params string[] names) =>
        Trees.SelectMany(tree =>
            tree.GetRoot()
                .DescendantNodes()
                .SelectMany(DeclaredBy)
                .Where(declared =>
                    declared.Type is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.IntKeyword }
                    && names.Contains(declared.Name.ValueText.TrimStart('_').ToLowerInvariant())
                )
                .Select(declared => $"{Path.GetRelativePath(_root, tree.FilePath)}: int {declared.Name.ValueText}")
        );

    private static IEnumerable<(TypeSyntax? Type, SyntaxToken Name)> DeclaredBy(SyntaxNode node) =>
        node switch
        {
            ParameterSyntax parameter => [(parameter.Type, parameter.Identifier)],
            PropertyDeclarationSyntax property => [(property.Type, property.Identifier)],
            VariableDeclarationSyntax variables => variables.Variables.Select(item =>
                ((TypeSyntax?)variables.Type, item.Identifier)
            ),
            ForEachStatementSyntax loop => [(loop.Type, loop.Identifier)],
            TupleElementSyntax element => [(element.Type, element.Identifier)],
            DeclarationExpressionSyntax { Designation: SingleVariableDesignationSyntax name } declaration =>
            [
                (declaration.Type, name.Identifier),
            ],
            _ => [],
        };

    private IEnumerable<SyntaxTree> Trees => _compilation.SyntaxTrees.Where(tree => tree.FilePath.Length > 0);

    private string FolderOf(SyntaxTree tree) =>
        Path.GetRelativePath(_root, Path.GetDirectoryName(tree.FilePath)!).Replace('\\', '/');

    /// <summary>The folders in which a name is the name of a type or of an extension method.</summary>
    private Dictionary<string, HashSet<string>> FoldersByName()
    {
        Dictionary<string, HashSet<string>> folders = [];
        foreach (SyntaxTree tree in Trees)
        {
            foreach (SyntaxNode node in tree.GetRoot().DescendantNodes())
            {
                string? name = node switch
                {
                    BaseTypeDeclarationSyntax type => type.Identifier.ValueText,
                    DelegateDeclarationSyntax type => type.Identifier.ValueText,
                    MethodDeclarationSyntax { ParameterList.Parameters: [{ Modifiers: var modifiers }, ..] } method
                        when modifiers.Any(SyntaxKind.ThisKeyword) => method.Identifier.ValueText,
                    _ => null,
                };
                if (name is not null)
                {
                    if (!folders.TryGetValue(name, out HashSet<string>? those))
                    {
                        folders[name] = those = [];
                    }
                    those.Add(FolderOf(tree));
                }
            }
        }
        return folders;
    }

    /// <summary>The type that a name refers to, or to whose member it refers.</summary>
    private static INamedTypeSymbol? TypeOf(SemanticModel model, SimpleNameSyntax name)
    {
        SymbolInfo info = model.GetSymbolInfo(name);
        ISymbol? symbol = info.Symbol ?? info.CandidateSymbols.FirstOrDefault();
        return (symbol as INamedTypeSymbol ?? symbol?.ContainingType)?.OriginalDefinition;
    }

    private static int LinesOf(SyntaxReference declaration)
    {
        FileLinePositionSpan span = declaration.SyntaxTree.GetLineSpan(declaration.Span);
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }

    private static IEnumerable<ExpressionSyntax> WrittenBy(SyntaxNode node) =>
        node switch
        {
            AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax } => [],
            AssignmentExpressionSyntax { Left: TupleExpressionSyntax tuple } => tuple.Arguments.Select(item =>
                item.Expression
            ),
            AssignmentExpressionSyntax assignment => [assignment.Left],
            PrefixUnaryExpressionSyntax prefix
                when prefix.OperatorToken.IsKind(SyntaxKind.PlusPlusToken)
                    || prefix.OperatorToken.IsKind(SyntaxKind.MinusMinusToken) => [prefix.Operand],
            PostfixUnaryExpressionSyntax postfix
                when postfix.OperatorToken.IsKind(SyntaxKind.PlusPlusToken)
                    || postfix.OperatorToken.IsKind(SyntaxKind.MinusMinusToken) => [postfix.Operand],
            ArgumentSyntax argument
                when argument.RefKindKeyword.IsKind(SyntaxKind.RefKeyword)
                    || argument.RefKindKeyword.IsKind(SyntaxKind.OutKeyword) => [argument.Expression],
            RefExpressionSyntax reference => [reference.Expression],
            _ => [],
        };

    private static string? NameOf(ExpressionSyntax expression) =>
        expression switch
        {
            MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
            IdentifierNameSyntax name => name.Identifier.ValueText,
            _ => null,
        };
}
