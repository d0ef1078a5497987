#if NET10_0_OR_GREATER
using System.Text.Json.Nodes;
using NodeData.Sdk.Tests.Doubles;
using Sodium;

namespace NodeData.Sdk.Tests.SecretManagers;

/// <summary>
/// A fake of the GitHub API for the secrets of a repository and of its one environment: it returns a public key, and opens the values sealed for it with
/// libsodium. Other requests are rejected. gh uses it as a proxy, so that the test needs neither port 80 nor an entry in the machine's hosts file.
/// </summary>
internal sealed class FakeGitHub : IAsyncDisposable
{
    public const string Token = "ghp_0123456789abcdef0123456789abcdef0123";

    private const string Repository = "http://api.github.localhost/repos/octo/shop";
    private const string KeyId = "568250167242549743";

    private readonly KeyPair _keys = PublicKeyBox.GenerateKeyPair();
    private readonly ScriptedServer _server;

    public FakeGitHub() => _server = new ScriptedServer(RespondAsync);

    /// <summary>Gets the stored values, in the order of their requests.</summary>
    public List<(string Name, byte[] Value)> Stored { get; } = [];

    /// <summary>Gets the addresses of the stored values, in the same order.</summary>
    public List<string> Addresses { get; } = [];

    public string Address => _server.BaseAddress.GetLeftPart(UriPartial.Authority);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private Task RespondAsync(ReceivedRequest request)
    {
        var (head, body) = Split(request.Text);
        var parts = head.Split(' ');
        if (!head.Contains($"\r\nAuthorization: token {Token}\r\n", StringComparison.Ordinal))
        {
            return request.RespondAsync(401, """{"message":"Bad credentials"}""");
        }

        var secrets = parts[1].StartsWith($"{Repository}/environments/", StringComparison.Ordinal)
            ? $"{Repository}/environments/production/secrets"
            : $"{Repository}/actions/secrets";
        return parts[0] switch
        {
            "GET" when parts[1] == $"{secrets}/public-key" => request.RespondAsync(
                200,
                $$"""{"key_id":"{{KeyId}}","key":"{{Convert.ToBase64String(_keys.PublicKey)}}"}"""
            ),
            "PUT" when parts[1].StartsWith($"{secrets}/", StringComparison.Ordinal) => StoreAsync(request, parts[1], JsonNode.Parse(body)!),
            _ => request.RespondAsync(404, """{"message":"Not Found"}"""),
        };
    }

    private Task StoreAsync(ReceivedRequest request, string address, JsonNode body)
    {
        if ((string?)body["key_id"] != KeyId)
        {
            return request.RespondAsync(422, """{"message":"another key"}""");
        }

        try
        {
            Stored.Add(
                (
                    address[(address.LastIndexOf('/') + 1)..],
                    SealedPublicKeyBox.Open(Convert.FromBase64String((string)body["encrypted_value"]!), _keys)
                )
            );
            Addresses.Add(address);
            return request.RespondAsync(201, "{}");
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return request.RespondAsync(422, """{"message":"not sealed for this key"}""");
        }
    }

    private static (string Head, string Body) Split(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return (text[..(end + 2)], text[(end + 4)..]);
    }
}
#endif
