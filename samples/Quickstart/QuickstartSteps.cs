using System.Text;
using NodeData.Emulator;
using NodeData.Sdk;

namespace Quickstart;

/// <summary>
/// Prints the steps of the sample, keeps a copy of the output, and makes the program exit with an error where a step does not go as expected.
/// </summary>
internal sealed class QuickstartSteps(TextWriter output) : IDisposable
{
    private readonly StringBuilder _output = new();
    private readonly List<NodeClient> _clients = [];
    private bool _hasFailed;

    public NodeClient CreateClient(NodeDataEmulator emulator, ApiKey key)
    {
        var client = new NodeClient(
            new NodeClientOptions
            {
                ApiKey = key,
                BaseAddress = emulator.BaseAddress,
                TimeProvider = emulator.Clock,
            }
        );
        _clients.Add(client);
        return client;
    }

    public void StartSection(string title) => Write($"\n== {title}");

    public void WriteStep(string sentence) => Write($"   {sentence}");

    /// <summary>Makes a call that must fail, and prints the message of the exception.</summary>
    public async Task ExpectAsync<TException>(string what, Func<Task> call)
        where TException : NodeDataException
    {
        try
        {
            await call();
        }
        catch (TException exception)
        {
            WriteStep($"{what}:");
            WriteStep($"  {typeof(TException).Name}: {exception.Message}");
            return;
        }

        _hasFailed = true;
        WriteStep($"{what}: the call was expected to fail, but succeeded.");
    }

    /// <summary>Searches the output for the secrets.</summary>
    /// <returns>The exit code: 0 where every step went as expected.</returns>
    public int Complete(params ApiKey[] secrets)
    {
        var printed = _output.ToString();
        var leaked = secrets.Count(secret => printed.Contains(secret.Reveal(), StringComparison.Ordinal));
        WriteStep(
            leaked == 0 ? $"{secrets.Length} secrets searched for, none found in the output." : $"{leaked} secrets were printed in full."
        );
        Write(_hasFailed || leaked > 0 ? "\nSomething did not go as expected." : "\nDone.");
        return _hasFailed || leaked > 0 ? 1 : 0;
    }

    public void Dispose() => _clients.ForEach(client => client.Dispose());

    private void Write(string line)
    {
        _output.AppendLine(line);
        output.WriteLine(line);
    }
}
