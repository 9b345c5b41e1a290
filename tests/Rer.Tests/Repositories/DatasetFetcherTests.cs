using System.Net;
using Rer.Repositories;
using Rer.Tests.Corpus;

namespace Rer.Tests.Repositories;

/// <summary>No downloaded file is put in place before it is verified.</summary>
public sealed class DatasetFetcherTests : IDisposable
{
    private readonly PackageTree _tree = new();

    public void Dispose() => _tree.Dispose();

    /// <summary>A fake server: no test uses the network.</summary>
    private sealed class Server(Func<string, HttpResponseMessage> answer) : HttpMessageHandler
    {
        public List<string> Asked { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken token)
        {
            Asked.Add(request.RequestUri!.ToString());
            return Task.FromResult(answer(request.RequestUri.Segments[^1]));
        }
    }

    private static HttpResponseMessage Content(string path) =>
        new(HttpStatusCode.OK) { Content = new ByteArrayContent(File.ReadAllBytes(path)) };

    private async Task<string> FetchAsync(Server server)
    {
        using HttpClient client = new(server);
        try
        {
            await new DatasetFetcher(client).FetchAsync(_tree.PathOf("data"), TestContext.Current.CancellationToken);
            return "fetched";
        }
        catch (PackageDataException e)
        {
            return e.Message;
        }
    }

    private string[] Fetched =>
        Directory.Exists(_tree.PathOf("data"))
            ? [.. Directory.GetFiles(_tree.PathOf("data")).Select(path => Path.GetFileName(path)).Order()]
            : [];

    [Fact]
    public async Task A_file_with_another_hash_is_not_kept()
    {
        using Server server = new(_ => new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new StringContent("fake"),
        });
        (await FetchAsync(server)).ShouldBe(
            $"{DatasetFetcher.Source}packages.tar.gz is not the expected file: its SHA-256 is "
                + "b5d54c39e66671c9731b9f471e585d8262cd4f54963f0c93082d8dcf334d4c78, not "
                + "6dbbc1fcb6a23c9c71f4100b84335fd9d018ce5ba4fe531d255a44ea28de9b5e; it was not kept"
        );
        Fetched.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_failure_of_the_server_is_reported()
    {
        using Server server = new(_ => new HttpResponseMessage(HttpStatusCode.NotFound));
        (await FetchAsync(server)).ShouldStartWith($"cannot download {DatasetFetcher.Source}packages.tar.gz: ");
        using Server unreachable = new(_ => throw new HttpRequestException("no such host"));
        (await FetchAsync(unreachable)).ShouldBe(
            $"cannot download {DatasetFetcher.Source}packages.tar.gz: no such host"
        );
        Fetched.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_endless_file_is_cut_short()
    {
        using Server server = new(_ => new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new StreamContent(new MemoryStream(new byte[20_000_000])),
        });
        (await FetchAsync(server)).ShouldEndWith("is not the expected file: it is longer than 16777216 bytes");
        Fetched.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_directory_that_cannot_be_written_is_reported()
    {
        _tree.Write("data", "a file where the directory should be");
        using Server server = new(_ => new HttpResponseMessage(HttpStatusCode.OK));
        (await FetchAsync(server)).ShouldStartWith($"{_tree.PathOf("data")}: cannot write the benchmark data: ");
        server.Asked.ShouldBeEmpty();
    }

    [FactNeeding(Need.BenchmarkData)]
    public async Task The_right_files_are_put_in_place_and_not_fetched_again()
    {
        BenchmarkData data = RezBenchmark.Data!;
        using Server server = new(name => Content(name == "requests.json" ? data.Requests : data.Packages));
        (await FetchAsync(server)).ShouldBe("fetched");
        Fetched.ShouldBe(["packages.tar.gz", "requests.json"]);
        server.Asked.ShouldBe([$"{DatasetFetcher.Source}packages.tar.gz", $"{DatasetFetcher.Source}requests.json"]);

        _tree.Write("data/requests.json", "damaged");
        using Server again = new(name => Content(data.Requests));
        (await FetchAsync(again)).ShouldBe("fetched");
        again.Asked.ShouldBe([$"{DatasetFetcher.Source}requests.json"]);
        File.ReadAllBytes(_tree.PathOf("data/requests.json")).ShouldBe(File.ReadAllBytes(data.Requests));
    }

    [FactNeeding(Need.BenchmarkData)]
    public async Task Of_one_right_and_one_wrong_file_neither_is_kept()
    {
        BenchmarkData data = RezBenchmark.Data!;
        using Server server = new(name => Content(data.Packages));
        (await FetchAsync(server)).ShouldStartWith($"{DatasetFetcher.Source}requests.json is not the expected file");
        Fetched.ShouldBeEmpty();
    }
}
