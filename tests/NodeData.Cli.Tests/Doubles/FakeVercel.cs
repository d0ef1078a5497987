using System.Collections.Concurrent;
using System.Text.Json;
using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Cli.Tests.Doubles;

/// <summary>A fake of the Vercel API for the environment variables of one project.</summary>
internal sealed class FakeVercel : IAsyncDisposable
{
    public const string Token = "vercel0123456789token";
    public const string Team = "team_octo";
    public const string Project = "shop";

    private const string Account = """{"user":{"id":"usr_1","uid":"usr_1","email":"a@example.com","username":"ada","name":"Ada"}}""";
    private const string TheProject = $$"""{"id":"prj_1","name":"{{Project}}","accountId":"{{Team}}","framework":null}""";
    private const string TheTeam = $$"""{"id":"{{Team}}","slug":"octo","name":"Octo"}""";

    private readonly ScriptedServer _server;

    public FakeVercel() => _server = new ScriptedServer(RespondAsync);

    /// <summary>The bodies of the requests that added variables.</summary>
    public ConcurrentQueue<JsonElement> Added { get; } = [];

    public ConcurrentQueue<string> Requests { get; } = [];

    public string Address => _server.BaseAddress.GetLeftPart(UriPartial.Authority);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private Task RespondAsync(ReceivedRequest request)
    {
        var end = request.Text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var (head, body) = (request.Text[..end], request.Text[(end + 4)..]);
        var words = head.Split(' ');
        var (method, address) = (words[0], words[1].Split('?'));
        Requests.Enqueue($"{method} {words[1]}");
        if (!head.Contains($"Bearer {Token}", StringComparison.OrdinalIgnoreCase))
        {
            return RespondAsync(request, 403, """{"error":{"code":"forbidden","message":"Not authorized","invalidToken":true}}""");
        }

        // Without the version prefix, which differs between releases.
        var path = address[0][
            (address[0].IndexOf('/', 1) is > 0 and var second && address[0].StartsWith("/v", StringComparison.Ordinal) ? second : 0)..
        ];
        return (method, path) switch
        {
            ("GET", "/user") => RespondAsync(request, 200, Account),
            ("GET", "/teams/" + Team) => RespondAsync(request, 200, TheTeam),
            ("GET", "/projects/" + Project) => RespondAsync(request, 200, TheProject),
            ("GET", "/projects/prj_1/env") => RespondAsync(request, 200, """{"envs":[]}"""),
            ("GET", "/projects/prj_1/custom-environments") => RespondAsync(request, 200, """{"environments":[]}"""),
            ("POST", "/projects/prj_1/env") => AddAsync(request, address, body),
            _ => RespondAsync(request, 404, """{"error":{"code":"not_found","message":"Not Found"}}"""),
        };
    }

    private Task AddAsync(ReceivedRequest request, string[] address, string body)
    {
        var added = JsonDocument.Parse(body).RootElement;
        Assert.Contains("upsert=true", address[1], StringComparison.Ordinal);
        Added.Enqueue(added);
        return RespondAsync(request, 201, """{"created":{},"failed":[]}""");
    }

    private static Task RespondAsync(ReceivedRequest request, int status, string body) =>
        request.RespondAsync(status, body, "Content-Type: application/json");
}
