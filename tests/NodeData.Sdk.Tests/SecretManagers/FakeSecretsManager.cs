#if NET10_0_OR_GREATER
using System.Text;
using System.Text.Json.Nodes;
using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Sdk.Tests.SecretManagers;

/// <summary>A fake of AWS Secrets Manager with one secret, its current and its previous value. A request without a valid signature is rejected.</summary>
internal sealed class FakeSecretsManager : IAsyncDisposable
{
    public const string AccessKeyId = "AKIDEXAMPLE";
    public const string SecretAccessKey = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    public const string Name = "node-data/api-key";

    private readonly ScriptedServer _server;

    public FakeSecretsManager() => _server = new ScriptedServer(RespondAsync);

    public string? Current { get; private set; }

    public string? Previous { get; private set; }

    public string Address => _server.BaseAddress.GetLeftPart(UriPartial.Authority);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private Task RespondAsync(ReceivedRequest request)
    {
        var end = request.Text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var lines = request.Text[..end].Split("\r\n");
        var body = request.Text[(end + 4)..];
        var headers = lines
            .Skip(1)
            .Select(line => line.Split(':', 2))
            .ToDictionary(parts => parts[0].ToLowerInvariant(), parts => parts[1].Trim(), StringComparer.Ordinal);
        if (lines[0] != "POST / HTTP/1.1" || !AwsSignature.IsValid("POST", headers, body, SecretAccessKey))
        {
            return FailAsync(request, "InvalidSignatureException");
        }

        var input = JsonNode.Parse(Encoding.UTF8.GetBytes(body))!;
        return headers["x-amz-target"] switch
        {
            "secretsmanager.CreateSecret" when (string?)input["Name"] == Name => Current is null
                ? PutAsync(request, input)
                : FailAsync(request, "ResourceExistsException"),
            "secretsmanager.PutSecretValue" when (string?)input["SecretId"] == Name && Current is not null => PutAsync(request, input),
            "secretsmanager.DescribeSecret" when (string?)input["SecretId"] == Name && Current is not null => request.RespondAsync(
                200,
                new JsonObject { ["Name"] = Name }.ToJsonString()
            ),
            "secretsmanager.GetSecretValue" when (string?)input["SecretId"] == Name => GetAsync(request, (string?)input["VersionStage"]),
            _ => FailAsync(request, "ResourceNotFoundException"),
        };
    }

    private Task PutAsync(ReceivedRequest request, JsonNode input)
    {
        (Current, Previous) = ((string?)input["SecretString"], Current);
        return request.RespondAsync(200, new JsonObject { ["Name"] = Name, ["VersionId"] = "1" }.ToJsonString());
    }

    private Task GetAsync(ReceivedRequest request, string? stage)
    {
        var value = stage is "AWSPREVIOUS" ? Previous : Current;
        return value is null
            ? FailAsync(request, "ResourceNotFoundException")
            : request.RespondAsync(200, new JsonObject { ["Name"] = Name, ["SecretString"] = value }.ToJsonString());
    }

    private static Task FailAsync(ReceivedRequest request, string type) =>
        request.RespondAsync(400, new JsonObject { ["__type"] = type, ["message"] = "rejected" }.ToJsonString());
}
#endif
