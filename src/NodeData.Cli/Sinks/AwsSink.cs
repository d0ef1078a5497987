using NodeData.Cli.Failures;
using NodeData.Sdk;

namespace NodeData.Cli.Sinks;

/// <summary>
/// Stores the key as a secret of AWS Secrets Manager, with <c>aws</c>. A missing secret is created; an existing one gets a new value, and the previous value
/// stays as AWSPREVIOUS.
/// </summary>
internal sealed class AwsSink : Sink
{
    // aws reads the value from standard input, so that it is not an argument.
    private const string StandardInputFile = "file:///dev/stdin";

    private readonly SinkProgram _aws;
    private readonly string _id;
    private bool _secretExists;

    /// <exception cref="CommandFailedException">The text is not a valid secret name.</exception>
    public AwsSink(string reference, string id, SinkSetting setting)
        : base(reference)
    {
        // AWS's secret names and ARNs.
        if (
            id.StartsWith('-')
            || !id.All(character => char.IsAsciiLetterOrDigit(character) || "/_+=.@-:!".Contains(character, StringComparison.Ordinal))
        )
        {
            throw CommandFailedException.Usage(
                $"--to {reference} is not a valid secret of AWS Secrets Manager. Use aws: and its name or ARN, such as aws:node-data/api-key."
            );
        }

        _id = id;
        _aws = new SinkProgram(setting.Terminal, "aws")
        {
            Variables = new Dictionary<string, string> { ["AWS_PAGER"] = "", ["AWS_CLI_AUTO_PROMPT"] = "off" },
        };
    }

    public override string Name => $"AWS secret {_id}";

    public override string Removal =>
        _secretExists
            ? $"aws secretsmanager update-secret-version-stage --secret-id {_id} --version-stage AWSCURRENT (to its version AWSPREVIOUS)"
            : $"aws secretsmanager delete-secret --secret-id {_id}";

    public override async Task CheckAsync(CancellationToken cancellationToken)
    {
        _aws.Require(Reference, "Install the AWS CLI and sign in: aws configure, or aws sso login");
        if (OperatingSystem.IsWindows())
        {
            throw CommandFailedException.Usage(
                $"--to {Reference}: on Windows, aws cannot read a secret from standard input. Use WSL or another sink."
            );
        }

        _secretExists = await SecretExistsAsync(cancellationToken).ConfigureAwait(false);
        if (!_secretExists && _id.StartsWith("arn:", StringComparison.Ordinal))
        {
            throw CommandFailedException.Usage(
                $"--to {Reference}: there is no such secret, and a new one is created by name, not by ARN. Use aws:NAME."
            );
        }
    }

    public override async Task DeployAsync(CreatedApiKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        // Checked again: a resumed rotation may find the secret that an earlier run created.
        string[] operation = await SecretExistsAsync(cancellationToken).ConfigureAwait(false)
            ? ["put-secret-value", "--secret-id"]
            : ["create-secret", "--name"];
        var run = await _aws.RunAsync(
                ["secretsmanager", .. operation, _id, "--secret-string", StandardInputFile],
                key.Reveal(),
                cancellationToken
            )
            .ConfigureAwait(false);
        run.RequireSuccess($"aws secretsmanager {operation[0]}");
    }

    private async Task<bool> SecretExistsAsync(CancellationToken cancellationToken)
    {
        var run = await _aws.RunAsync(["secretsmanager", "describe-secret", "--secret-id", _id], cancellationToken).ConfigureAwait(false);
        // The permission to put a value does not imply the permission to describe the secret.
        return run.IsSuccess || run.MessageContains("AccessDenied") ? true
            : run.MessageContains("ResourceNotFoundException") ? false
            : throw CommandFailedException.Usage(
                $"--to {Reference}: aws could not describe the secret ({run.Message}). Check the credentials: aws sts get-caller-identity"
            );
    }
}
