using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Rer.Native;

/// <summary>Implements the functions of <c>rer.h</c>, which documents them.</summary>
internal static unsafe class Exports
{
    private const int AbiVersion = 3;

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
        NativeCall.RunDeep(
            error,
            capacity,
            () =>
            {
                HandlePlace created = new(repository, "repository");
                byte[] text = NativeCall.ReadBytes(json, jsonLength, "json");
                RepositoryReader reader = new(ask, context);
                created.Give(Json.Read(text, "repository", reader.Read));
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
        NativeCall.RunDeep(
            error,
            capacity,
            () =>
            {
                TextPlace phase = new(text, length, "text");
                Question asked = HandleTable.Get<Question>(question);
                phase.HandOut(Encoding.UTF8.GetBytes(asked.RenderPhase()), asked.Texts);
            }
        );

    [UnmanagedCallersOnly(EntryPoint = "rer_listing", CallConvs = [typeof(CallConvCdecl)])]
    public static int GetListing(
        ulong question,
        nuint place,
        byte** text,
        nuint* length,
        byte* error,
        nuint capacity
    ) =>
        NativeCall.RunDeep(
            error,
            capacity,
            () =>
            {
                TextPlace listing = new(text, length, "text");
                Question asked = HandleTable.Get<Question>(question);
                listing.HandOut(asked.WriteListing(place), asked.Texts);
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
        NativeCall.RunDeep(
            error,
            capacity,
            () =>
            {
                HandlePlace created = new(result, "result");
                TextPlace reply = new(summary, summaryLength, "summary");
                CompiledRepository packages = HandleTable.Get<CompiledRepository>(repository);
                CancellationToken token = HandleTable.TokenOf(cancellation);
                NativeCallbacks functions = NativeCallbacks.At(callbacks);
                byte[] text = NativeCall.ReadBytes(json, jsonLength, "json");
                SolveQuestion question = Json.Read(
                    text,
                    "question",
                    place => SolveQuestion.Read(place, functions.Orderers)
                );
                ResolveResult[] results = Solve(question, ref packages, functions, token);
                SolveAnswer answer = new(packages, question, results);
                (packages.Source as LayeredRepository)?.SaveIndexes();
                reply.HandOut(answer.Summary(), answer.Texts);
                created.Give(answer);
            }
        );

    /// <summary>Solves, and starts over whenever the solve needs more of a family than was asked for.</summary>
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
        NativeCall.RunDeep(
            error,
            capacity,
            () =>
            {
                TextPlace reply = new(text, length, "text");
                SolveAnswer answer = HandleTable.Get<SolveAnswer>(result);
                reply.HandOut(answer.Detail(item, detail, index), answer.Texts);
            }
        );

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
        NativeCall.RunDeep(
            error,
            capacity,
            () =>
            {
                HandlePlace created = new(result, "result");
                TextPlace reply = new(text, length, "text");
                byte[] question = NativeCall.ReadBytes(json, jsonLength, "json");
                Give(Json.Read(question, "question", StaticPackages.Answer), created, reply);
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
        NativeCall.RunDeep(
            error,
            capacity,
            () =>
            {
                HandlePlace created = new(look, "look");
                TextPlace reply = new(text, length, "text");
                CompiledRepository packages = HandleTable.Get<CompiledRepository>(repository);
                byte[] question = NativeCall.ReadBytes(json, jsonLength, "json");
                Give(Json.Read(question, "look", place => PackageLook.At(packages, place)), created, reply);
            }
        );

    [UnmanagedCallersOnly(EntryPoint = "rer_insight", CallConvs = [typeof(CallConvCdecl)])]
    public static int GetInsight(
        ulong repository,
        byte* json,
        nuint jsonLength,
        NativeCallbacks* callbacks,
        ulong cancellation,
        ulong* result,
        byte** text,
        nuint* length,
        byte* error,
        nuint capacity
    ) =>
        NativeCall.RunDeep(
            error,
            capacity,
            () =>
            {
                HandlePlace created = new(result, "result");
                TextPlace reply = new(text, length, "text");
                CompiledRepository packages = HandleTable.Get<CompiledRepository>(repository);
                CancellationToken token = HandleTable.TokenOf(cancellation);
                NativeCallbacks functions = NativeCallbacks.At(callbacks);
                byte[] question = NativeCall.ReadBytes(json, jsonLength, "json");
                Func<CancellationToken, byte[]> find = Json.Read(
                    question,
                    "question",
                    place => InsightQuestion.Read(place, packages)
                );
                byte[] answer = PulsedWork.Run(find, functions.Pulse == null ? null : functions.AskPulse, token);
                (packages.Source as LayeredRepository)?.SaveIndexes();
                Give(answer, created, reply);
            }
        );

    /// <summary>Returns an answer that consists of a single text.</summary>
    private static void Give(byte[] answer, HandlePlace created, TextPlace reply)
    {
        NativeTexts texts = new();
        reply.HandOut(answer, texts);
        created.Give(texts);
    }

    [UnmanagedCallersOnly(EntryPoint = "rer_cancellation_create", CallConvs = [typeof(CallConvCdecl)])]
    public static int CreateCancellation(ulong* cancellation, byte* error, nuint capacity) =>
        NativeCall.Run(
            error,
            capacity,
            () => new HandlePlace(cancellation, "cancellation").Give(new CancellationTokenSource())
        );

    [UnmanagedCallersOnly(EntryPoint = "rer_cancel", CallConvs = [typeof(CallConvCdecl)])]
    public static int Cancel(ulong cancellation, byte* error, nuint capacity) =>
        NativeCall.Run(error, capacity, () => HandleTable.Get<CancellationTokenSource>(cancellation).Cancel());
}
