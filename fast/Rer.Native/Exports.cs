using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Rer.Native;

/// <summary>The functions of <c>rer.h</c>, which says what they do.</summary>
internal static unsafe class Exports
{
    private const int AbiVersion = 2;

    [UnmanagedCallersOnly(EntryPoint = "rer_abi_version", CallConvs = [typeof(CallConvCdecl)])]
    public static int GetAbiVersion() => AbiVersion;

    [UnmanagedCallersOnly(EntryPoint = "rer_version", CallConvs = [typeof(CallConvCdecl)])]
    public static int GetVersion(byte* text, nuint capacity) =>
        NativeCall.Run(
            null,
            0,
            () =>
            {
                NativeCall.Require(text, "text");
                Version version = typeof(Exports).Assembly.GetName().Version!;
                NativeCall.WriteTerminated(version.ToString(3), text, capacity);
            }
        );

    [UnmanagedCallersOnly(EntryPoint = "rer_free", CallConvs = [typeof(CallConvCdecl)])]
    public static int Free(ulong handle, byte* error, nuint capacity) =>
        NativeCall.Run(error, capacity, () => HandleTable.Remove(handle));

    [UnmanagedCallersOnly(EntryPoint = "rer_repository_create", CallConvs = [typeof(CallConvCdecl)])]
    public static int CreateRepository(
        byte* json,
        nuint jsonLength,
        delegate* unmanaged[Cdecl]<void*, int, ulong, byte*, nuint, byte*, nuint, byte*, nuint, int> ask,
        void* context,
        ulong* repository,
        byte* error,
        nuint capacity
    ) =>
        NativeCall.Run(
            error,
            capacity,
            () =>
            {
                NativeCall.RequireStack();
                NativeCall.Require(repository, "repository");
                *repository = 0;
                byte[] text = NativeCall.ReadBytes(json, jsonLength, "json");
                RepositoryReader reader = new(ask, context);
                *repository = HandleTable.Add(Json.Read(text, "repository", reader.Read));
            }
        );

    [UnmanagedCallersOnly(EntryPoint = "rer_answer", CallConvs = [typeof(CallConvCdecl)])]
    public static int Answer(ulong question, byte* text, nuint length, byte* error, nuint capacity) =>
        NativeCall.Run(
            error,
            capacity,
            () => HandleTable.Get<Question>(question).Answer = NativeCall.ReadBytes(text, length, "text")
        );

    [UnmanagedCallersOnly(EntryPoint = "rer_phase", CallConvs = [typeof(CallConvCdecl)])]
    public static int GetPhase(ulong question, byte** text, nuint* length, byte* error, nuint capacity) =>
        NativeCall.Run(
            error,
            capacity,
            () =>
            {
                NativeCall.RequireStack();
                NativeCall.Require(text, "text");
                NativeCall.Require(length, "length");
                Question asked = HandleTable.Get<Question>(question);
                asked.Texts.HandOut(Encoding.UTF8.GetBytes(asked.Phase()), text, length);
            }
        );

    [UnmanagedCallersOnly(EntryPoint = "rer_solve", CallConvs = [typeof(CallConvCdecl)])]
    public static int Solve(
        ulong repository,
        byte* json,
        nuint jsonLength,
        NativeCallbacks* callbacks,
        ulong cancellation,
        ulong* result,
        byte** summary,
        nuint* summaryLength,
        byte* error,
        nuint capacity
    ) =>
        NativeCall.Run(
            error,
            capacity,
            () =>
            {
                NativeCall.RequireStack();
                NativeCall.Require(result, "result");
                NativeCall.Require(summary, "summary");
                NativeCall.Require(summaryLength, "summary_length");
                *result = 0;
                CompiledRepository packages = HandleTable.Get<CompiledRepository>(repository);
                CancellationToken token =
                    cancellation == 0 ? default : HandleTable.Get<CancellationTokenSource>(cancellation).Token;
                NativeCallbacks functions = callbacks == null ? default : *callbacks;
                byte[] text = NativeCall.ReadBytes(json, jsonLength, "json");
                SolveQuestion question = Json.Read(
                    text,
                    "question",
                    place => SolveQuestion.Read(place, functions.Orderers)
                );
                ResolveResult[] results = Solve(question, ref packages, functions, token);
                SolveAnswer answer = new(packages, question, results);
                (packages.Source as LayeredRepository)?.SaveIndexes();
                answer.Texts.HandOut(answer.Summary(), summary, summaryLength);
                *result = HandleTable.Add(answer);
            }
        );

    /// <summary>Solves, from the beginning each time that more of a family turns out to be needed.</summary>
    private static ResolveResult[] Solve(
        SolveQuestion question,
        ref CompiledRepository packages,
        NativeCallbacks functions,
        CancellationToken token
    )
    {
        while (true)
        {
            try
            {
                return question.Solve(
                    packages,
                    functions.Watch == null ? null : functions.AskWatch,
                    functions.Pulse == null ? null : functions.AskPulse,
                    token
                );
            }
            catch (MoreNeededException more) when (packages.Source is NeedsRepository source)
            {
                source.Forget(more.Family);
                packages = new CompiledRepository(source);
            }
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "rer_read_static", CallConvs = [typeof(CallConvCdecl)])]
    public static int ReadStatic(
        byte* json,
        nuint jsonLength,
        ulong* result,
        byte** text,
        nuint* length,
        byte* error,
        nuint capacity
    ) =>
        NativeCall.Run(
            error,
            capacity,
            () =>
            {
                NativeCall.RequireStack();
                NativeCall.Require(result, "result");
                NativeCall.Require(text, "text");
                NativeCall.Require(length, "length");
                *result = 0;
                byte[] question = NativeCall.ReadBytes(json, jsonLength, "json");
                byte[] answer = Json.Read(question, "question", StaticPackages.Answer);
                NativeTexts texts = new();
                texts.HandOut(answer, text, length);
                *result = HandleTable.Add(texts);
            }
        );

    [UnmanagedCallersOnly(EntryPoint = "rer_detail", CallConvs = [typeof(CallConvCdecl)])]
    public static int GetDetail(
        ulong result,
        int item,
        int detail,
        int index,
        byte** text,
        nuint* length,
        byte* error,
        nuint capacity
    ) =>
        NativeCall.Run(
            error,
            capacity,
            () =>
            {
                NativeCall.RequireStack();
                NativeCall.Require(text, "text");
                NativeCall.Require(length, "length");
                SolveAnswer answer = HandleTable.Get<SolveAnswer>(result);
                answer.Texts.HandOut(answer.Detail(item, detail, index), text, length);
            }
        );

    [UnmanagedCallersOnly(EntryPoint = "rer_look", CallConvs = [typeof(CallConvCdecl)])]
    public static int Look(
        ulong repository,
        byte* json,
        nuint jsonLength,
        ulong* look,
        byte** text,
        nuint* length,
        byte* error,
        nuint capacity
    ) =>
        NativeCall.Run(
            error,
            capacity,
            () =>
            {
                NativeCall.RequireStack();
                NativeCall.Require(look, "look");
                NativeCall.Require(text, "text");
                NativeCall.Require(length, "length");
                *look = 0;
                CompiledRepository packages = HandleTable.Get<CompiledRepository>(repository);
                byte[] question = NativeCall.ReadBytes(json, jsonLength, "json");
                PackageLook found = Json.Read(question, "look", place => PackageLook.At(packages, place));
                found.Texts.HandOut(found.Answer, text, length);
                *look = HandleTable.Add(found);
            }
        );

    [UnmanagedCallersOnly(EntryPoint = "rer_cancellation_create", CallConvs = [typeof(CallConvCdecl)])]
    public static int CreateCancellation(ulong* cancellation, byte* error, nuint capacity) =>
        NativeCall.Run(
            error,
            capacity,
            () =>
            {
                NativeCall.Require(cancellation, "cancellation");
                *cancellation = HandleTable.Add(new CancellationTokenSource());
            }
        );

    [UnmanagedCallersOnly(EntryPoint = "rer_cancel", CallConvs = [typeof(CallConvCdecl)])]
    public static int Cancel(ulong cancellation, byte* error, nuint capacity) =>
        NativeCall.Run(error, capacity, () => HandleTable.Get<CancellationTokenSource>(cancellation).Cancel());
}
