#if NET10_0_OR_GREATER
using System.Diagnostics;
using System.Text;
using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Sdk.Tests.Samples;

public sealed class ServerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_server_answers_for_both_clients_is_healthy_and_tells_its_calls()
    {
        var start = new ProcessStartInfo("dotnet", "run --no-build --project samples/Server --urls http://127.0.0.1:0")
        {
            WorkingDirectory = Command.Repository,
            RedirectStandardOutput = true,
        };
        using var server = Process.Start(start)!;
        try
        {
            var told = new StringBuilder();
            using var http = new HttpClient { BaseAddress = await AddressOf(server, told) };

            Assert.Equal("Emulator, Test mode", await http.GetStringAsync(new Uri("/", UriKind.Relative), Token));
            Assert.Equal("Emulator, Live mode", await http.GetStringAsync(new Uri("/billing", UriKind.Relative), Token));
            Assert.Equal("Healthy", await http.GetStringAsync(new Uri("/health", UriKind.Relative), Token));

            while (!told.ToString().Contains("url.template: me", StringComparison.Ordinal))
            {
                told.AppendLine(
                    await server.StandardOutput.ReadLineAsync(Token) ?? throw new InvalidOperationException($"It ended:\n{told}")
                );
            }

            Assert.DoesNotMatch("nd_(test|live)_[A-Za-z0-9]", told.ToString());
        }
        finally
        {
            server.Kill(entireProcessTree: true);
        }
    }

    private static async Task<Uri> AddressOf(Process server, StringBuilder told)
    {
        const string listening = "Now listening on: ";
        while (await server.StandardOutput.ReadLineAsync(Token) is { } line)
        {
            told.AppendLine(line);
            if (line.Contains(listening, StringComparison.Ordinal))
            {
                return new Uri(line[(line.IndexOf(listening, StringComparison.Ordinal) + listening.Length)..]);
            }
        }

        throw new InvalidOperationException($"The server did not start:\n{told}");
    }
}
#endif
