// Posteriors on public data, each with its prior's constant: logistic regressions (German credit, Wisconsin breast cancer; Blessing et al. 2024), the log-Gaussian Cox process of the Finnish pines (Moller et al. 1998; Sendera et al. 2024) and the latent
// coordinates of the first test image of MNIST, or of any, under the decoder of a variational autoencoder (Sendera et al. 2024, section 5.2).
using Locus.Problems.Energies;

namespace Locus.Gallery.Energies;

/// <summary>Energies that are made from files.</summary>
internal static class Posteriors
{
    public static DataProblem GermanCredit() => new(
        "german-credit",
        25,
        "N(w; 0, 100 I) prod_i sigma(+-(w_0 + w.x_i)), i = 1..1000, columns standardised",
        "UCI, Statlog German credit; Blessing et al. 2024, with the prior",
        "Bayesian logistic regression of 1,000 loans on 24 columns (UCI; Blessing et al. 2024).",
        [new PublicFile("the numeric table of the German credit data of the UCI repository, 24 columns and the label 1 or 2", "german.data-numeric", "german-credit.data-numeric")],
        paths => new LogisticRegression(paths[0]));

    public static DataProblem BreastCancer() => new(
        "breast-cancer",
        31,
        "N(w; 0, 100 I) prod_i sigma(+-(w_0 + w.x_i)), i = 1..569, columns standardised",
        "UCI, Wisconsin diagnostic breast cancer; Blessing et al. 2024, with the prior",
        "Bayesian logistic regression of 569 tumours on 30 columns (UCI; Blessing et al. 2024).",
        [new PublicFile("the diagnostic table of Wisconsin of the UCI repository, with the number of the patient, the label written as 0 or 1, and 30 columns", "breast-cancer.data", "wdbc.data")],
        paths => new LogisticRegression(paths[0], label: "2", omit: ["1"]));

    public static DataProblem LogGaussianCox() => new(
        "log-gaussian-cox",
        1600,
        "N(e; 0, I) prod_i exp(y_i f_i - exp(f_i)/1600), f = L e + mu, L L' = 1.91 exp(-33 |m - n|/40)",
        "Moller, Syversveen, Waagepetersen 1998; Sendera et al. 2024",
        "Log rates of 126 pine saplings on a grid of 40 by 40 cells, whitened (Moller et al. 1998; Sendera et al. 2024).",
        [new PublicFile("places of 126 Finnish pine saplings in the unit square, in the last two columns", "finnish-pines.csv", "fpines.csv", "df_pines.csv")],
        paths => new LogGaussianCox(paths[0]));

    public static DataProblem MnistVae() => new(
        "mnist-vae",
        20,
        "N(z; 0, I) prod_i p_i^x_i (1 - p_i)^(1 - x_i), p = decoder(z), x the first test image",
        "Kingma, Welling 2014; Sendera et al. 2024, section 5",
        "Latent coordinates of the first test image of MNIST under a decoder of 20-400-784 units (Sendera et al. 2024).",
        [
            new PublicFile("the decoder, with the tensors decoder.hidden and decoder.pixels", "mnist-vae.safetensors"),
            new PublicFile("the test images of MNIST, packed or not", "t10k-images-idx3-ubyte.gz", "t10k-images-idx3-ubyte", "mnist-t10k-images-idx3-ubyte.gz"),
        ],
        paths => new VaePosterior(paths[0], paths[1]));

    public static DataProblem MnistVaeEach() => new(
        "mnist-vae-each",
        20,
        "N(z; 0, I) prod_i p_i^c_i (1 - p_i)^(1 - c_i), p = decoder(z), c any image",
        "Kingma, Welling 2014; Sendera et al. 2024, section 5",
        "Latent coordinates of any image under the same decoder: 784 parameters, for which training takes the test images.",
        MnistVae().Files,
        paths => new VaePosterior(paths[0], paths[1], null));
}
