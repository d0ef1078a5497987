#if NET10_0_OR_GREATER
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace NodeData.Emulator.Tests.CommandLine;

/// <summary>The emulator as people start it.</summary>
public sealed class ProgramTests : IDisposable
{
    private const string Key = "nd_test_localdevelopment0001";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("emulator-tests-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task It_says_where_it_is_serves_the_keys_given_and_stops_cleanly()
    {
        using var program = Start("--port", "0", "--key", Key, "--key", "nd_live_localdevelopment0001");
        var ready = await program.StandardOutput.ReadLineAsync(Token);
        Assert.StartsWith("Node Data emulator ready at http://127.0.0.1:", ready, StringComparison.Ordinal);

        using var http = Client(AddressIn(ready!), Key);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri("v1/me", UriKind.Relative), Token)).StatusCode);
        Signal(program, "TERM");
        await program.WaitForExitAsync(Token);

        Assert.Equal(0, program.ExitCode);
        Assert.Equal("", await program.StandardError.ReadToEndAsync(Token));
    }

    [Fact]
    public async Task Without_keys_it_makes_and_prints_one_of_each_mode()
    {
        using var program = Start();
        var lines = new List<string>();
        do
        {
            lines.Add((await program.StandardOutput.ReadLineAsync(Token))!);
        } while (!lines[^1].Contains("ready", StringComparison.Ordinal));
        Signal(program, "INT");
        await program.WaitForExitAsync(Token);

        Assert.Equal(0, program.ExitCode);
        Assert.Matches("^Made-up test key with full access: nd_test_[A-Za-z0-9]{32}$", lines[0]);
        Assert.Matches("^Made-up live key with full access: nd_live_[A-Za-z0-9]{32}$", lines[1]);
    }

    [Theory]
    [InlineData("--port many", "--port is a number")]
    [InlineData("--port", "--port needs a value")]
    [InlineData("--bind here", "--bind is an IP address")]
    [InlineData("--key nd_tset_x", "--key: The API key")]
    [InlineData("--rate-limits some", "--rate-limits is on or off")]
    [InlineData("--seed missing.json", "--seed: the file 'missing.json' cannot be read")]
    [InlineData("--speed 3", "--speed is no option")]
    [InlineData("nd_live_secret1234", "An argument without an option is no option")]
    public async Task A_wrong_start_is_one_line_that_names_the_option(string arguments, string said)
    {
        using var program = Start(arguments.Split(' '));
        var error = await program.StandardError.ReadToEndAsync(Token);
        await program.WaitForExitAsync(Token);

        Assert.Equal(2, program.ExitCode);
        Assert.Contains(said, error, StringComparison.Ordinal);
        Assert.Single(error.Trim().Split('\n'));
        Assert.DoesNotContain("secret1234", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_is_one_clear_line()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        using var program = Start("--port", $"{((IPEndPoint)taken.LocalEndpoint).Port}");
        var error = await program.StandardError.ReadToEndAsync(Token);
        await program.WaitForExitAsync(Token);

        Assert.Equal(1, program.ExitCode);
        Assert.Contains("in use", error, StringComparison.Ordinal);
        Assert.Single(error.Trim().Split('\n'));
    }

    [Fact]
    public async Task Help_lists_every_option()
    {
        using var program = Start("--help");
        var help = await program.StandardOutput.ReadToEndAsync(Token);

        foreach (var option in new[] { "--port", "--bind", "--data", "--key", "--seed", "--rate-limits", "--control", "--help" })
        {
            Assert.Contains(option, help, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Killed_in_the_middle_it_has_every_key_whose_creation_was_answered()
    {
        string[] arguments =
        [
            "--data",
            Path.Combine(_directory.FullName, "emulator.db"),
            "--key",
            Key,
            "--key",
            "nd_live_x",
            "--rate-limits",
            "off",
        ];
        var answered = new List<string>();
        using (var program = Start(arguments))
        {
            using var http = Client(AddressIn((await program.StandardOutput.ReadLineAsync(Token))!), Key);
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => CreateUntilKilledAsync(http, program, answered)));
            await program.WaitForExitAsync(Token);
        }

        using var restarted = Start(arguments);
        using var again = Client(AddressIn((await restarted.StandardOutput.ReadLineAsync(Token))!), Key);
        Assert.True(answered.Count >= 100);
        foreach (var secret in answered)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "v1/me");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", secret);
            Assert.Equal(HttpStatusCode.OK, (await again.SendAsync(request, Token)).StatusCode);
        }

        Signal(restarted, "TERM");
        await restarted.WaitForExitAsync(Token);
    }

    private static async Task CreateUntilKilledAsync(HttpClient http, Process program, List<string> answered)
    {
        try
        {
            while (true)
            {
                using var body = new StringContent("""{"name":"x","mode":"test"}""", Encoding.UTF8, "application/json");
                using var response = await http.PostAsync(new Uri("v1/keys", UriKind.Relative), body, Token);
                var secret = JsonDocument
                    .Parse(await response.Content.ReadAsStringAsync(Token))
                    .RootElement.GetProperty("secret")
                    .GetString()!;
                lock (answered)
                {
                    answered.Add(secret);
                    if (answered.Count == 100)
                    {
                        Signal(program, "KILL");
                    }
                }
            }
        }
        catch (HttpRequestException)
        {
            // Killed: what was answered until here is what counts.
        }
    }

    private static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(NodeDataEmulator).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start)!;
    }

    private static void Signal(Process program, string signal)
    {
        using var kill = Process.Start("kill", ["-s", signal, $"{program.Id}"]);
        kill.WaitForExit();
    }

    private static Uri AddressIn(string ready) => new(new Uri(ready.Split(' ')[5]), "/");

    private static HttpClient Client(Uri address, string key)
    {
        var http = new HttpClient { BaseAddress = address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return http;
    }
}
#endif
