using System.Text;
using NodeData.Emulator;
using NodeData.Sdk;

namespace Quickstart;

/// <summary>Tells what happens, keeps a copy of all that was told, and ends the program with an error where something did not go as told.</summary>
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

    /// <summary>Makes a call that has to be refused, and tells the advice that the error gives.</summary>
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
        WriteStep($"{what}: it was expected to be refused, and was not.");
    }

    /// <summary>Looks for the secrets in all that was told.</summary>
    /// <returns>The exit code: 0 where all went as told.</returns>
    public int Complete(params ApiKey[] secrets)
    {
        var printed = _output.ToString();
        var leaked = secrets.Count(secret => printed.Contains(secret.Reveal(), StringComparison.Ordinal));
        WriteStep(leaked == 0 ? $"{secrets.Length} secrets looked for, none found above." : $"{leaked} secrets were printed in full.");
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
