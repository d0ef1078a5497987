#if NET10_0_OR_GREATER
using System.Diagnostics;
using System.Text;
using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Sdk.Tests.Samples;

public sealed class ServerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_server_responds_for_both_clients_is_healthy_and_exports_its_spans()
    {
        var start = new ProcessStartInfo("dotnet", "run --no-build --project samples/Server --urls http://127.0.0.1:0")
        {
            WorkingDirectory = Command.RepositoryRoot,
            RedirectStandardOutput = true,
        };
        using var server = Process.Start(start)!;
        try
        {
            var output = new StringBuilder();
            using var http = new HttpClient { BaseAddress = await ReadAddressAsync(server, output) };

            Assert.Equal("Emulator, Test mode", await http.GetStringAsync(new Uri("/", UriKind.Relative), Token));
            Assert.Equal("Emulator, Live mode", await http.GetStringAsync(new Uri("/billing", UriKind.Relative), Token));
            Assert.Equal("Healthy", await http.GetStringAsync(new Uri("/health", UriKind.Relative), Token));

            while (!output.ToString().Contains("url.template: me", StringComparison.Ordinal))
            {
                output.AppendLine(
                    await server.StandardOutput.ReadLineAsync(Token) ?? throw new InvalidOperationException($"The server exited:\n{output}")
                );
            }

            Assert.DoesNotMatch("nd_(test|live)_[A-Za-z0-9]", output.ToString());
        }
        finally
        {
            server.Kill(entireProcessTree: true);
        }
    }

    private static async Task<Uri> ReadAddressAsync(Process server, StringBuilder output)
    {
        const string listening = "Now listening on: ";
        while (await server.StandardOutput.ReadLineAsync(Token) is { } line)
        {
            output.AppendLine(line);
            if (line.Contains(listening, StringComparison.Ordinal))
            {
                return new Uri(line[(line.IndexOf(listening, StringComparison.Ordinal) + listening.Length)..]);
            }
        }

        throw new InvalidOperationException($"The server did not start:\n{output}");
    }
}
#endif
