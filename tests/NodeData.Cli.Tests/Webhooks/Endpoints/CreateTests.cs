using System.Runtime.Versioning;
using NodeData.Cli.Tests.Doubles;
using NodeData.Emulator;
using NodeData.Sdk;

namespace NodeData.Cli.Tests.Webhooks.Endpoints;

[UnsupportedOSPlatform("windows")]
public sealed class CreateTests
{
    private const string Url = "https://shop.example/hook";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_a_terminal_nothing_is_sent_unless_a_sink_is_named()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);

        (await tool.RunAsync("webhooks", "create", Url)).RequireExitCode(2).RequireError("--secret-to", "--print-secret");

        Assert.Empty(emulator.Requests);
    }

    [Fact]
    public async Task With_print_secret_the_output_has_the_secret_that_signs_deliveries()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        await using var receiver = await Receiver.StartAsync();
        using var tool = Tool.For(emulator);

        var created = (await tool.RunAsync("webhooks", "create", receiver.Url, "--print-secret", "--json")).RequireExitCode(0).Json;

        await emulator.EmitAsync("payout.paid", cancellationToken: Token);
        Assert.True((await receiver.NextAsync()).IsSignedWith(created.GetProperty("secret").GetString()!));
        Assert.Equal(receiver.Url, created.GetProperty("endpoint").GetProperty("url").GetString());
        Assert.Equal("standard output", created.GetProperty("secret_sinks")[0].GetString());
    }

    [Fact]
    public async Task In_a_terminal_the_secret_is_shown_by_default()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);

        var result = (await tool.RunInTerminalAsync(["webhooks", "create", Url])).RequireExitCode(0);

        Assert.Matches("whsec_test_[A-Za-z0-9]{32}", result.Output);
    }

    [Fact]
    public async Task The_secret_is_stored_in_env_local_and_in_a_file_and_not_printed()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        await File.WriteAllTextAsync(tool.GetPath(".env.local"), "# mine\nA=1\n", Token);

        string[] command = ["webhooks", "create", Url, "--secret-to", "env-local", "--secret-to", "file:secret"];
        var result = (await tool.RunAsync(command)).RequireExitCode(0);

        var secret = (await File.ReadAllTextAsync(tool.GetPath("secret"), Token)).Trim();
        Assert.True(WebhookSecret.TryParse(secret, out _));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(tool.GetPath("secret")));
        Assert.Equal($"# mine\nA=1\nNODE_DATA_WEBHOOK_SECRET={secret}\n", await File.ReadAllTextAsync(tool.GetPath(".env.local"), Token));
        Assert.DoesNotContain(secret, result.Output + result.Error, StringComparison.Ordinal);

        (await tool.RunAsync("webhooks", "create", Url, "--secret-to", "env-local")).RequireExitCode(2).RequireError("--overwrite");
        (await tool.RunAsync("webhooks", "create", Url, "--secret-to", "file:secret", "--overwrite")).RequireExitCode(0);
        Assert.NotEqual(secret, (await File.ReadAllTextAsync(tool.GetPath("secret"), Token)).Trim());
    }

    [Theory]
    [InlineData("already exists", "file:there")]
    [InlineData("does not exist", "file:missing/secret")]
    [InlineData("stdout, env-local or file:PATH", "vault:x")]
    public async Task An_invalid_sink_is_rejected_before_anything_is_sent(string expected, string sink)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        await File.WriteAllTextAsync(tool.GetPath("there"), "", Token);

        (await tool.RunAsync("webhooks", "create", Url, "--secret-to", sink)).RequireExitCode(2).RequireError(expected);

        Assert.Empty(emulator.Requests);
    }

    [Fact]
    public async Task Dropped_event_types_are_reported_and_so_is_an_endpoint_that_gets_every_event()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);

        var some = await tool.RunAsync(
            "webhooks",
            "create",
            Url,
            "--print-secret",
            "--json",
            "--event",
            "payout.paid",
            "--event",
            "robot.moved"
        );
        Assert.Equal("robot.moved", some.RequireExitCode(0).Json.GetProperty("dropped_event_types")[0].GetString());
        some.RequireError("does not support robot.moved");

        (await tool.RunAsync("webhooks", "create", Url, "--print-secret", "--event", "robot.moved"))
            .RequireExitCode(0)
            .RequireError("every event");
    }

    [Fact]
    public async Task If_the_secret_cannot_be_printed_the_endpoint_is_deleted()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        var start = tool.CreateStartInfo(
            "bash",
            "-c",
            $"exec 3> >(true); wait $!; '{Tool.Program}' webhooks create {Url} --print-secret >&3; echo $?"
        );

        using var process = System.Diagnostics.Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(Token);

        Assert.Equal("141", output.Trim());
        Assert.Equal(["POST", "DELETE"], emulator.Requests.Select(request => request.Method));
    }
}
