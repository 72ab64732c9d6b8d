using Locus.Engine.Random;
using Locus.Engine.Workers;

namespace Locus.Methods.OffPolicy;

/// <summary>Looks around points of a buffer for better ones, now and then in a training.</summary>
internal interface ISearch
{
    /// <summary>Searches. What is found depends on the points and the key alone.</summary>
    /// <param name="team">Workers.</param>
    /// <param name="from">Where it begins; its points are ranked.</param>
    /// <param name="to">Receives the points that are kept.</param>
    /// <param name="key">Randomness.</param>
    void Run(Team team, ReplayBuffer from, ReplayBuffer to, Key key);
}
