namespace Locus.Tests.Problems;

/// <summary>Valid problem files that use all of the language, for tests that read, write and spoil them.</summary>
internal static class SampleFiles
{
    public const string Reach = """
        name: two-link-reach
        description: joint angles of a planar arm whose tip lies in a disc
        variables:
          q: { size: 2, box: [-3.14159, 3.14159], unit: rad }     # vector q[0], q[1]
          load: { box: [0, 5], unit: kg }                          # scalar
        parameters:
          target: { size: 2, range: [-1, 1], unit: m }
        definitions:
          tip: [cos(q[0]) + cos(q[0]+q[1]), sin(q[0]) + sin(q[0]+q[1])]     # vectors allowed
        constraints:
          - norm(tip - target) <= 0.1
          - any:
              - q[0] >= 0
              - all: [ load <= 1, q[1] == 0 ]
        measure: volume            # volume | surface | component
        """;

    public const string Packing = """
        name: packing
        description: "discs: \"apart\" and in a box"
        variables:
          p: { size: 6, box: [[-1, 1], [-1, 1], [0, 2], [0, 2], [-inf, 3], [0, inf]] }
          y:
        definitions:
          centres:
            - [0, 0]
            - [1, 2]
          n: size(centres)
          long: >
            sum(p[i]^2 - p[i]/-3
              for i in 0..6)
        constraints:
          - any: [ norm(p[0:2] - centres[i]) <= 0.5 for i in 0..n ]
          - norm(p[2*i:2*i+2] - p[2*j:2*j+2]) >= 0.1 for i in 0..3 for j in 0..i
          - [1, 2][0]*y <= 3   # comment
          - 'long <= 5'
          - |
            0.1 <= clamp(y, -1, 1)
               <= p[1] + 2
          - where(y <= 1, y^0.5, -y) <= 2
          - all(y < 4, any(p > -7, atan2(y, p[0]) = 0))
        """;

    public const string Surface = """
        name: sphere
        variables: { x: { size: 3 }, angle: { box: [-pi, pi] } }
        constraints:
          - norm(x) == 1
          - dot(x, [1, 0, 0]) >= cos(angle)
          - min(x) + max(x[1:], 0) <= erf(tanh(x[0])) + floor(2.5) + cross(x, [0, 0, 1])[1]
        measure: surface
        """;

    public static readonly IReadOnlyList<string> All = [Reach, Packing, Surface];
}
