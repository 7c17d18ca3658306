namespace Bf.Jobs.Infra;

/// <summary>A port that a service listens on.</summary>
/// <param name="Setting">The setting that moves it, such as <c>MINIO_PORT</c>: of <c>.env</c>, for bf and for Docker Compose.</param>
/// <param name="Default">The usual number.</param>
/// <param name="Purpose">What is found there.</param>
/// <param name="Scheme">How it is spoken to: <c>http</c> for a page or an interface of HTTP, <c>spark</c>, <c>sc</c>, or nothing.</param>
/// <param name="IsPage">Whether a person opens it in a browser.</param>
public sealed record ServicePort(string Setting, int Default, string Purpose, string Scheme = "", bool IsPage = false);
