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
    public async Task Where_nobody_sits_before_it_nothing_is_sent_unless_it_is_said_where_the_secret_goes()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);

        (await tool.RunAsync("webhooks", "create", Url)).Requires(2).Says("--secret-to", "--print-secret");

        Assert.Empty(emulator.Requests);
    }

    [Fact]
    public async Task With_print_secret_it_is_in_the_answer_and_signs_what_is_delivered()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        await using var receiver = await Receiver.StartAsync();
        using var tool = Tool.For(emulator);

        var created = (await tool.RunAsync("webhooks", "create", receiver.Url, "--print-secret", "--json")).Requires(0).Json;

        await emulator.EmitAsync("payout.paid", cancellationToken: Token);
        Assert.True((await receiver.NextAsync()).IsSignedWith(created.GetProperty("secret").GetString()!));
        Assert.Equal(receiver.Url, created.GetProperty("endpoint").GetProperty("url").GetString());
        Assert.Equal("standard output", created.GetProperty("secret_is_in")[0].GetString());
    }

    [Fact]
    public async Task In_a_terminal_the_secret_is_shown_without_being_asked_for()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);

        var result = (await tool.RunInTerminalAsync(["webhooks", "create", Url])).Requires(0);

        Assert.Matches("whsec_test_[A-Za-z0-9]{32}", result.Output);
    }

    [Fact]
    public async Task The_secret_goes_to_the_projects_file_and_to_another_and_not_to_the_screen()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        await File.WriteAllTextAsync(tool.PathOf(".env.local"), "# mine\nA=1\n", Token);

        string[] command = ["webhooks", "create", Url, "--secret-to", "env-local", "--secret-to", "file:secret"];
        var result = (await tool.RunAsync(command)).Requires(0);

        var secret = (await File.ReadAllTextAsync(tool.PathOf("secret"), Token)).Trim();
        Assert.True(WebhookSecret.TryParse(secret, out _));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(tool.PathOf("secret")));
        Assert.Equal($"# mine\nA=1\nNODE_DATA_WEBHOOK_SECRET={secret}\n", await File.ReadAllTextAsync(tool.PathOf(".env.local"), Token));
        Assert.DoesNotContain(secret, result.Output + result.Error, StringComparison.Ordinal);

        (await tool.RunAsync("webhooks", "create", Url, "--secret-to", "env-local")).Requires(2).Says("--overwrite");
        (await tool.RunAsync("webhooks", "create", Url, "--secret-to", "file:secret", "--overwrite")).Requires(0);
        Assert.NotEqual(secret, (await File.ReadAllTextAsync(tool.PathOf("secret"), Token)).Trim());
    }

    [Theory]
    [InlineData("is there already", "file:there")]
    [InlineData("no folder", "file:missing/secret")]
    [InlineData("stdout, env-local or file:PATH", "vault:x")]
    public async Task A_place_that_cannot_take_it_is_refused_before_anything_is_sent(string says, string place)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        await File.WriteAllTextAsync(tool.PathOf("there"), "", Token);

        (await tool.RunAsync("webhooks", "create", Url, "--secret-to", place)).Requires(2).Says(says);

        Assert.Empty(emulator.Requests);
    }

    [Fact]
    public async Task Types_that_the_service_dropped_are_told_and_what_it_means_where_none_is_left()
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
        Assert.Equal("robot.moved", some.Requires(0).Json.GetProperty("dropped_event_types")[0].GetString());
        some.Says("does not know robot.moved");

        (await tool.RunAsync("webhooks", "create", Url, "--print-secret", "--event", "robot.moved")).Requires(0).Says("every event");
    }

    [Fact]
    public async Task Where_nobody_reads_the_secret_the_endpoint_is_deleted_again()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        var start = tool.StartOf(
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
