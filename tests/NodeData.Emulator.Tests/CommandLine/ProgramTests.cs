#if NET10_0_OR_GREATER
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using NodeData.Emulator.Tests.Doubles;
using NodeData.Sdk;
using NodeData.Sdk.Webhooks;

namespace NodeData.Emulator.Tests.CommandLine;

public sealed class ProgramTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_prints_generated_keys_and_one_line_when_it_is_ready_and_deletes_temporary_data()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Needs signals.");
        await using var emulator = await EmulatorProcess.StartReadyAsync(_directory.Path);

        Assert.Equal(3, emulator.Lines.Count);
        Assert.Matches("^Generated test key with full access: nd_test_[A-Za-z0-9]+$", emulator.Lines[0]);
        Assert.Matches("^Generated live key with full access: nd_live_[A-Za-z0-9]+$", emulator.Lines[1]);
        Assert.Matches(@"ready at http://127\.0\.0\.1:\d+/v1 \(data: temporary\)", emulator.Lines[2]);
        foreach (var line in emulator.Lines.Take(2))
        {
            Assert.Equal(HttpStatusCode.OK, await Me(emulator, line.Split(": ")[1]));
        }

        Assert.NotEmpty(Directory.GetDirectories(_directory.Path, "node-data-emulator-*"));
        Assert.Equal((0, "", ""), await emulator.SignalAsync("-TERM"));
        Assert.Empty(Directory.GetDirectories(_directory.Path, "node-data-emulator-*"));
    }

    [Fact]
    public async Task Given_keys_are_accepted_and_not_printed()
    {
        await using var emulator = await EmulatorProcess.StartReadyAsync(
            _directory.Path,
            "--key",
            "nd_test_localdevelopment0001",
            "--key",
            "nd_live_localdevelopment0001"
        );

        Assert.Single(emulator.Lines);
        Assert.Equal(HttpStatusCode.OK, await Me(emulator, "nd_test_localdevelopment0001"));
        Assert.Equal(HttpStatusCode.OK, await Me(emulator, "nd_live_localdevelopment0001"));
    }

    [Fact]
    public async Task A_seed_and_the_control_API_can_be_enabled()
    {
        await File.WriteAllTextAsync(_directory.File("seed.json"), """{"keys":[{"key":"nd_test_seeded0001"}]}""", Token);
        await using var emulator = await EmulatorProcess.StartReadyAsync(
            _directory.Path,
            ["--seed", _directory.File("seed.json"), "--control", "--rate-limits", "off"]
        );
        using var client = new HttpClient();

        Assert.Equal(HttpStatusCode.OK, await Me(emulator, "nd_test_seeded0001"));
        var requests = await client.GetStringAsync(new Uri(emulator.Address, "/control/requests"), Token);
        Assert.Contains("\"/v1/me\"", requests, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, 1)]
    [InlineData("whsec_test_localdevelopment0001", 0)]
    public async Task A_webhook_endpoint_exists_after_the_start_and_a_generated_secret_is_printed(string? given, int printed)
    {
        await using var receiver = await Receiver.StartAsync();
        string[] secretOption = given is null ? [] : ["--webhook-secret", given];
        await using var emulator = await EmulatorProcess.StartReadyAsync(
            _directory.Path,
            ["--control", "--key", "nd_test_localdevelopment0001", "--webhook", receiver.Url, .. secretOption]
        );
        var lines = emulator
            .Lines.Where(line => line.StartsWith("Generated secret of the webhook endpoint ", StringComparison.Ordinal))
            .ToList();
        using var client = new HttpClient();

        using var body = new StringContent("""{"type":"payout.paid"}""");
        using var emitted = await client.PostAsync(new Uri(emulator.Address, "/control/events"), body, Token);
        var received = await receiver.NextAsync();

        Assert.Equal(HttpStatusCode.OK, emitted.StatusCode);
        Assert.Equal(printed, lines.Count);
        Assert.All(
            lines,
            line =>
                Assert.StartsWith($"Generated secret of the webhook endpoint {receiver.Url}: whsec_test_", line, StringComparison.Ordinal)
        );
        var secret = given ?? lines[0].Split(": ")[^1];
        using var verifier = new WebhookVerifier(WebhookSecret.Parse(secret));
        Assert.True(verifier.Verify(received.Body, received.Signature).IsValid);
    }

    [Fact]
    public async Task Help_names_every_option()
    {
        await using var emulator = EmulatorProcess.Start(_directory.Path, "--help");

        var (exitCode, output, error) = await emulator.WaitForExitAsync();

        Assert.Equal((0, ""), (exitCode, error));
        string[] options =
        [
            "--port",
            "--bind",
            "--data",
            "--key",
            "--seed",
            "--webhook",
            "--webhook-secret",
            "--rate-limits",
            "--control",
            "--help",
        ];
        Assert.All(options, option => Assert.Contains($"  {option} ", output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--ports", "1")]
    [InlineData("--port", "65536")]
    [InlineData("--port")]
    [InlineData("--bind", "here")]
    [InlineData("--key", "whsec_test_s3crets3crets3cret")]
    [InlineData("--rate-limits", "maybe")]
    [InlineData("--webhook", "http://example.com/s3cret")]
    [InlineData("--webhook-secret", "nd_test_s3crets3crets3cret", "--webhook", "http://localhost:1")]
    [InlineData("--webhook-secret", "whsec_test_s3crets3crets3cret")]
    [InlineData("--seed", "/nowhere/seed.json")]
    [InlineData("nd_test_s3crets3crets3cret")]
    public async Task Invalid_arguments_exit_with_2_and_one_line(params string[] arguments)
    {
        await using var emulator = EmulatorProcess.Start(_directory.Path, arguments);

        var (exitCode, output, error) = await emulator.WaitForExitAsync();

        Assert.Equal((2, ""), (exitCode, output));
        Assert.Single(error.TrimEnd().Split('\n'));
        Assert.DoesNotContain("s3cret", error, StringComparison.Ordinal);
        Assert.StartsWith(arguments[0].StartsWith('-') ? arguments[0] : "An argument", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_exits_with_1()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        await using var emulator = EmulatorProcess.Start(_directory.Path, "--port", port);

        var (exitCode, output, error) = await emulator.WaitForExitAsync();

        Assert.Equal((1, ""), (exitCode, output));
        Assert.Contains(port, Assert.Single(error.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(_directory.Path, "node-data-emulator-*"));
    }

    public void Dispose() => _directory.Dispose();

    private static async Task<HttpStatusCode> Me(EmulatorProcess emulator, string key)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var response = await client.GetAsync(new Uri(emulator.Address, "/v1/me"), Token);
        return response.StatusCode;
    }
}
#endif
