using System.Text;
using NodeData.Cli.Failures;
using NodeData.Cli.Sinks;
using NodeData.Sdk;

namespace NodeData.Cli.Webhooks.Secrets;

/// <summary>Stores the secret in a file that contains nothing else and that only its owner can read.</summary>
internal sealed class FileSecretSink(string path, bool allowReplace) : WebhookSecretSink
{
    public const string Prefix = "file:";

    private readonly string _path =
        path.Length > 0
            ? Path.GetFullPath(path)
            : throw CommandFailedException.Usage("--secret-to file: does not name a file. Use file:PATH.");

    public override string Name => _path;

    public override Task CheckAsync(CancellationToken cancellationToken)
    {
        var file = new FileInfo(_path);
        if (Directory.Exists(_path) || file.LinkTarget is not null || file.Directory is not { Exists: true })
        {
            throw CommandFailedException.Usage(
                $"{_path} is a directory or a symbolic link, or its directory does not exist. Name a file in an existing directory."
            );
        }

        if (file.Exists && !(allowReplace && OwnerOnlyFile.IsEmptyOrSecret(_path, text => WebhookSecret.TryParse(text, out _))))
        {
            throw CommandFailedException.Usage(
                $"{_path} already exists, and overwritten content is lost. Name another file, or replace a webhook secret in it with --overwrite."
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
