using NodeData.Cli.Tests.Doubles;
using NodeData.Emulator;
using NodeData.Sdk;
using NodeData.Sdk.Tests.Doubles;
using NodeData.Sdk.Webhooks;

namespace NodeData.Cli.Tests.Webhooks.Listening;

public sealed class ConnectionTests : IDisposable
{
    private static readonly ApiKey Key = ApiKey.Parse(TestSecrets.CreateTestKey());

    private readonly string _data = Directory.CreateTempSubdirectory("node-data-listen-").FullName;

    // The port of the emulators of a test, one after the other.
    private readonly ReservedPort _heldPort = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _heldPort.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task An_emulator_that_restarts_with_its_data_delivers_to_the_same_endpoint()
    {
        var before = await StartAsync("one.db");
        await using var application = await Receiver.StartAsync();
        using var tool = Tool.For(before, Key);
        var (listener, listening) = await Listener.StartAsync(tool, application.Url);
        await using var running = listener;

        await before.DisposeAsync();
        var lost = await listener.NextAsync("connection_lost");
        Assert.Contains("Connection lost since", lost.GetProperty("message").GetString(), StringComparison.Ordinal);
        await using var after = await StartAsync("one.db");
        await listener.NextAsync("connection_restored");

        await after.EmitAsync(WebhookEventType.PayoutPaid, cancellationToken: Token);
        Assert.True((await application.NextAsync()).IsSignedWith(listening.GetProperty("secret").GetString()!));
        Assert.Single(listener.GetAll("listening"));
    }

    [Fact]
    public async Task An_emulator_that_restarts_without_its_data_gets_a_new_endpoint_and_the_application_a_new_secret()
    {
        var before = await StartAsync("one.db");
        await using var application = await Receiver.StartAsync();
        using var tool = Tool.For(before, Key);
        await using var listener = Listener.Start(tool, "--forward-to", application.Url, "--secret-to", "file:secret");
        await listener.NextAsync("listening");
        var first = await ReadSecretAsync(tool);

        await before.DisposeAsync();
        await listener.NextAsync("connection_lost");
        await using var after = await StartAsync("other.db");
        await listener.NextAsync("listening");
        await listener.NextAsync("connection_restored");
        await listener.WaitForTextAsync("Restart the application");

        var second = await ReadSecretAsync(tool);
        Assert.NotEqual(first, second);
        await after.EmitAsync(WebhookEventType.PayoutPaid, cancellationToken: Token);
        Assert.True((await application.NextAsync()).IsSignedWith(second));
    }

    private static async Task<string> ReadSecretAsync(Tool tool) => (await File.ReadAllTextAsync(tool.GetPath("secret"), Token)).Trim();

    private Task<NodeDataEmulator> StartAsync(string file) =>
        NodeDataEmulator.StartAsync(
            new EmulatorOptions
            {
                Keys = [Key],
                DataPath = Path.Combine(_data, file),
                Port = _heldPort.Port,
            },
            Token
        );
}
