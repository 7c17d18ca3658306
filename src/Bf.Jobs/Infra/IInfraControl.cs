namespace Bf.Jobs.Infra;

/// <summary>A provider that starts and stops what it has.</summary>
public interface IInfraControl : IInfraProvider
{
    /// <summary>Opens a start of services; what runs stays as it is. Waits while another start or stop of the same services is under way.</summary>
    /// <param name="services">What is to run at the end.</param>
    /// <param name="tell">Is told what is waited for, and what else a user should know.</param>
    /// <param name="cancel">Ends the wait.</param>
    IInfraStart Open(IReadOnlyList<InfraService> services, Action<string> tell, CancellationToken cancel);

    /// <summary>Stops services, all at once; their data stays. Returns those that ran.</summary>
    IReadOnlyList<InfraService> Stop(IReadOnlyList<InfraService> services, Action<string> tell, CancellationToken cancel);

    /// <summary>Why it can't start a service, and what would help; null where it can, or where the service runs.</summary>
    string? Lacking(InfraService service);

    /// <summary>What <see cref="Remove"/> deletes, for whoever is asked.</summary>
    string Volumes { get; }

    /// <summary>Deletes the services' data and logs, and nothing that bf has not made. All are stopped.</summary>
    void Remove(CancellationToken cancel);

    /// <summary>A service's process, whether or not it runs.</summary>
    ServiceProcess Process(InfraService service);

    /// <summary>Writes the logs of services, until their end or, where they are followed, until cancelled.</summary>
    void Logs(IReadOnlyList<InfraService> services, LogChoice choice, TextWriter output, CancellationToken cancel);
}

/// <summary>A start that is under way.</summary>
public interface IInfraStart : IDisposable
{
    /// <summary>What will run: what was asked for, and what has to start anew with it.</summary>
    IReadOnlyList<InfraService> Services { get; }

    /// <summary>What is wrong with the machine, before these services start: nothing when all is well.</summary>
    IReadOnlyList<Obstacle> Preflight();

    /// <summary>Brings what is needed before services can start, however long that takes: images.</summary>
    void Prepare(CancellationToken cancel);

    /// <summary>Starts what can be started now: what it needs is there.</summary>
    void Advance(Func<InfraService, bool> answers, CancellationToken cancel);

    /// <summary>What a service waits for before it is started; null when it was.</summary>
    string? Waiting(InfraService service);

    /// <summary>Why a service will not come up, in one line, and the last lines of its log; null while it may.</summary>
    ServiceFailure? Failure(InfraService service);
}
