using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using NodeData.Cli.Tests.Doubles;
using NodeData.Emulator;
using NodeData.Sdk;
using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Cli.Tests.Scan.Verifying;

public sealed class VerifyTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_key_is_verified_with_itself()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = new Tool { Variables = { ["NODE_DATA_BASE_URL"] = emulator.BaseAddress.ToString() } };
        using var node = new NodeClient(new NodeClientOptions { ApiKey = emulator.LiveKey.Reveal(), BaseAddress = emulator.BaseAddress });
        var active = await node.Keys.CreateAsync(
            new CreateApiKeyOptions("ci") { Mode = KeyMode.Live, Scopes = [ApiKeyScope.ModelsRead] },
            Token
        );
        var key = active.Secret.Reveal();
        await WriteAsync(tool, "a.txt", $"{key}\n{TestSecrets.CreateTestKey()}\n{TestSecrets.CreateWebhookSecret()}\n{key}");

        var findings = (await tool.RunAsync("scan", "--verify", "--json"))
            .RequireExitCode(4)
            .Json.GetProperty("findings")
            .EnumerateArray()
            .ToList();

        Assert.Equal(["error", "warning", "warning", "error"], new[] { 0, 2, 2, 3 }.Select(index => Text(findings[index], "severity")));
        Assert.Equal("note", Text(findings[1], "severity"));
        var verification = findings[0].GetProperty("verification");
        Assert.Equal("active", Text(verification, "state"));
        Assert.Equal("live", Text(verification, "mode"));
        Assert.Equal(active.Id, Text(verification, "id"));
        Assert.Equal("models:read", Assert.Single(verification.GetProperty("scopes").EnumerateArray()).GetString());
        Assert.Equal($"node-data keys rotate {active.Id} --compromised", Text(verification, "rotate"));
        Assert.Equal("inactive", Text(findings[1].GetProperty("verification"), "state"));
        Assert.Contains("webhook", Text(findings[2].GetProperty("verification"), "reason"), StringComparison.Ordinal);

        var table = (await tool.RunAsync("scan", "--verify")).RequireExitCode(4);
        Assert.Contains(
            $"active\tlive\tmodels:read\tnode-data keys rotate {active.Id} --compromised",
            table.Output,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(key, table.Output + table.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_active_key_is_never_added_to_the_ignores()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = new Tool();
        await WriteAsync(tool, "a.txt", emulator.LiveKey.Reveal());

        var result = (
            await tool.RunAsync("scan", "--verify", "--base-url", emulator.BaseAddress.ToString(), "--add-ignores", "x")
        ).RequireExitCode(4);

        Assert.Contains("Rotate them first", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(tool.GetPath(".node-data-ignore")));
    }

    [Fact]
    public async Task Without_a_network_all_findings_are_reported()
    {
        using var closedPort = new ReservedPort();
        using var tool = new Tool { Variables = { ["NODE_DATA_BASE_URL"] = $"http://127.0.0.1:{closedPort.Port}" } };
        await WriteAsync(tool, "a.txt", $"{TestSecrets.CreateLiveKey()}\n{TestSecrets.CreateTestKey()}");

        var result = (await tool.RunAsync("scan", "--verify", "--json")).RequireExitCode(4);

        Assert.Contains("not every key could be verified", result.Error, StringComparison.Ordinal);
        Assert.All(
            result.Json.GetProperty("findings").EnumerateArray(),
            finding => Assert.Equal("unknown", Text(finding.GetProperty("verification"), "state"))
        );
    }

    [Fact]
    public async Task Found_keys_are_not_sent_to_an_address_in_env_local()
    {
        // On a separate loopback address, so that other programs on 127.0.0.1 do not connect to it.
        using var listener = new TcpListener(IPAddress.Parse("127.0.0.77"), 0);
        listener.Start();
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = new Tool();
        await WriteAsync(
            tool,
            ".env.local",
            $"NODE_DATA_BASE_URL=http://{listener.LocalEndpoint}\nNODE_DATA_API_KEY={emulator.TestKey.Reveal()}\n"
        );

        (await tool.RunAsync("scan", "--verify", "--base-url", emulator.BaseAddress.ToString())).RequireExitCode(4);

        Assert.False(listener.Pending());
    }

    [Fact]
    public async Task Rate_limiting_is_reported()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = new Tool { Variables = { ["NODE_DATA_BASE_URL"] = emulator.BaseAddress.ToString() } };
        emulator.Faults.Enqueue("*", EmulatorFault.RespondWith(429, headers: new Dictionary<string, string> { ["Retry-After"] = "3600" }));
        await WriteAsync(tool, "a.txt", emulator.TestKey.Reveal());

        var finding = (await tool.RunAsync("scan", "--verify", "--json")).RequireExitCode(4).Json.GetProperty("findings")[0];

        Assert.Contains("too many requests", Text(finding.GetProperty("verification"), "reason"), StringComparison.Ordinal);
        Assert.Equal("warning", Text(finding, "severity"));
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static Task WriteAsync(Tool tool, string name, string text) => File.WriteAllTextAsync(tool.GetPath(name), text, Token);
}
