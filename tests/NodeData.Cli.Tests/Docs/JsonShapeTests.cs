using System.Text.Json;
using System.Text.RegularExpressions;
using NodeData.Cli.Tests.Doubles;
using NodeData.Emulator;
using NodeData.Sdk;
using NodeData.Sdk.Webhooks;

namespace NodeData.Cli.Tests.Docs;

/// <summary>Verifies that the JSON in docs/cli.md has the member names of the output of the tool.</summary>
public sealed partial class JsonShapeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("me", "me")]
    [InlineData("doctor", "doctor")]
    [InlineData("keys create", "keys create --name ci --scope models:read --print-secret")]
    [InlineData("keys list", "keys list")]
    [InlineData("keys rotate", "keys rotate {key} --overlap 0s --to file:key", 0)]
    [InlineData("keys rotate", "keys rotate {key} --dry-run --to file:key", 1)]
    [InlineData("webhooks list", "webhooks list")]
    [InlineData("webhooks create", "webhooks create http://127.0.0.1:9/ --print-secret")]
    [InlineData("webhooks delete", "webhooks delete {endpoint}")]
    [InlineData("webhooks deliveries", "webhooks deliveries {endpoint}")]
    [InlineData("webhooks sign", "webhooks sign --payload body")]
    [InlineData("webhooks verify", "webhooks verify --payload body --signature t=1,v1=0")]
    [InlineData("webhooks send", "webhooks send http://127.0.0.1:9/")]
    [InlineData("scan", "scan")]
    [InlineData("hooks uninstall", "hooks status")]
    public async Task Documented_json_has_the_printed_member_names(string section, string command, int shape = 0)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        tool.Variables["NODE_DATA_WEBHOOK_SECRET"] = "whsec_test_0123456789abcdef";
        await File.WriteAllTextAsync(tool.GetPath("body"), $"{{\"found\":\"{TestSecrets.CreateTestKey()}\"}}", Token);
        if (section.StartsWith("hooks", StringComparison.Ordinal))
        {
            (await tool.RunProgramAsync("git", "init", "--quiet")).RequireExitCode(0);
        }

        using var node = new NodeClient(new NodeClientOptions { ApiKey = emulator.TestKey, BaseAddress = emulator.BaseAddress });
        var key = await node.Keys.CreateAsync(new CreateApiKeyOptions("old") { ExpiresIn = TimeSpan.FromDays(9) }, Token);
        var endpoint = await node.Webhooks.CreateAsync(new CreateWebhookEndpointOptions("http://127.0.0.1:9/"), Token);
        await emulator.EmitAsync(WebhookEventType.PayoutPaid, cancellationToken: Token);
        var arguments = command.Replace("{key}", key.Id).Replace("{endpoint}", endpoint.Id).Split(' ');

        var printed = (await tool.RunAsync([.. arguments, "--json"])).Output;

        var page = await File.ReadAllTextAsync(Path.Combine(NodeData.Sdk.Tpm.Tests.Doubles.Command.RepositoryRoot, "docs/cli.md"), Token);
        var documented = Block()
            .Matches(page[page.IndexOf($"### `node-data {section}`\n", StringComparison.Ordinal)..])[shape]
            .Groups["json"]
            .Value;
        Assert.Equal(GetNames(JsonDocument.Parse(documented).RootElement), GetNames(JsonDocument.Parse(printed).RootElement));
    }

    // For a list, the names of its first element.
    private static IEnumerable<string> GetNames(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Array when value.GetArrayLength() > 0 => GetNames(value[0]),
            JsonValueKind.Object => value.EnumerateObject().Select(member => member.Name),
            _ => [],
        };

    [GeneratedRegex(@"```json\n(?<json>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
