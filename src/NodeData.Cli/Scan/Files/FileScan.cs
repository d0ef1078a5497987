using NodeData.Cli.Scan.Searching;

namespace NodeData.Cli.Scan.Files;

/// <summary>Scans files for secrets: text and binary, of any size.</summary>
internal sealed class FileScan(ScanRoot root, ScanResult result)
{
    private const char ReplacementCharacter = '\uFFFD';

    public void Scan(FileList files, CancellationToken cancellationToken)
    {
        foreach (var path in files.Files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Scan(path, cancellationToken);
        }

        result.Skipped.AddRange(files.Skipped);
    }

    private void Scan(string path, CancellationToken cancellationToken)
    {
        try
        {
            // Pipes and devices have no length either; opening one would wait for a writer.
            if (new FileInfo(path).Length > 0)
            {
                using var file = new FileStream(
                    path,
                    FileMode.Open,
                    FileAccess.Read,
                    FileShare.ReadWrite | FileShare.Delete,
                    bufferSize: 0
                );
                var secrets = new StreamSearch(file);
                foreach (var (secret, line) in secrets.Find(cancellationToken))
                {
                    result.Findings.Add(new Finding(secret.Secret, Commit: null, root.GetDisplayPath(path), line, secret.Column));
                }

                result.AllowedCount += secrets.AllowedCount;
            }
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            // The file was deleted meanwhile, or it cannot be opened because its name is not valid UTF-8.
            if (path.Contains(ReplacementCharacter, StringComparison.Ordinal))
            {
                result.Skipped.Add($"{root.GetDisplayPath(path)}: the file name is not valid UTF-8");
            }
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            result.Skipped.Add(exception.Message);
        }
    }
}
