namespace NodeData.Sdk;

/// <summary>
/// The two worlds of the service. Each has its own marketplace, balance and webhook secrets, and they never meet
/// (contract, "Authentication"). The set can never grow.
/// </summary>
public enum KeyMode
{
    /// <summary>Sandbox data and made-up money; keys begin with <c>nd_test_</c>.</summary>
    Test = 1,

    /// <summary>Real data and real money; keys begin with <c>nd_live_</c>.</summary>
    Live = 2,
}
