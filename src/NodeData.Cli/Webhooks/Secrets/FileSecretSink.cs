using System.Text;
using NodeData.Cli.Failures;
using NodeData.Cli.Sinks;
using NodeData.Sdk;

namespace NodeData.Cli.Webhooks.Secrets;

/// <summary>A file that holds the secret alone and that its owner alone may read.</summary>
internal sealed class FileSecretSink(string path, bool allowReplace) : WebhookSecretSink
{
    public const string Prefix = "file:";

    private readonly string _path =
        path.Length > 0 ? Path.GetFullPath(path) : throw CommandFailedException.Usage("--secret-to file: names no file. Write file:PATH.");

    public override string Name => _path;

    public override Task CheckAsync(CancellationToken cancellationToken)
    {
        var file = new FileInfo(_path);
        if (Directory.Exists(_path) || file.LinkTarget is not null || file.Directory is not { Exists: true })
        {
            throw CommandFailedException.Usage(
                $"{_path} is a folder or a link, or there is no folder for it. Name a file in a folder that is there."
            );
        }

        if (file.Exists && !(allowReplace && OwnerOnlyFile.IsEmptyOrSecret(_path, text => WebhookSecret.TryParse(text, out _))))
        {
            throw CommandFailedException.Usage(
                $"{_path} is there already, and what is written over is lost. Name another file, or write over a webhook secret in it with --overwrite."
            );
        }

        OwnerOnlyFile.RequireWritable(file.DirectoryName!, Prefix + path);
        return Task.CompletedTask;
    }

    public override Task DeployAsync(WebhookSecret secret, CancellationToken cancellationToken)
    {
        OwnerOnlyFile.Replace(_path, Encoding.ASCII.GetBytes($"{secret.Reveal()}\n"));
        return Task.CompletedTask;
    }
}
